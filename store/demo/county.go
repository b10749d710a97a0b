package demo

import (
	"context"
	"fmt"
	"os"

	"taizhang/store/county"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/demo/internal/folk"
)

// writeCounty makes the county beside the village, which has received nothing, and
// gives the profile that the village takes in.
func writeCounty(ctx context.Context, dir string, o Options) (county.Result, []byte, error) {
	source, _ := newSource(dice.NewStream(o.Seed, "county"), yearTo(o.AsOf).opening().AddDays(-1))
	res, err := county.Init(ctx, county.InitOptions{Code: folk.CountyCode, Name: "中共" + folk.CountyName + "委员会组织部", Dir: dir,
		County: folk.CountyName, Source: source})
	if err != nil {
		return county.Result{}, nil, err
	}
	profile, err := os.ReadFile(res.Profile)
	if err != nil {
		return county.Result{}, nil, fmt.Errorf("demo: read the county profile: %w", err)
	}
	return res, profile, nil
}
