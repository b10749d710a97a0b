package demo

import (
	"context"
	"fmt"
	"os"

	"taizhang/store/county"
)

// writeCounty makes the county beside the village, which has received nothing, and
// gives the profile that the village takes in.
func writeCounty(ctx context.Context, dir string, o Options) (county.Result, []byte, error) {
	source, _ := newSource(newStream(o.Seed, "county"), yearTo(o.AsOf).opening().AddDays(-1))
	res, err := county.Init(ctx, county.InitOptions{Code: countyCode, Name: "中共" + countyName + "委员会组织部", Dir: dir,
		County: countyName, Source: source})
	if err != nil {
		return county.Result{}, nil, err
	}
	profile, err := os.ReadFile(res.Profile)
	if err != nil {
		return county.Result{}, nil, fmt.Errorf("demo: read the county profile: %w", err)
	}
	return res, profile, nil
}
