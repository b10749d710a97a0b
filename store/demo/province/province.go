// Package province makes a whole province up: the ledger of its office with the sums of a
// hundred thousand units, and no record of anybody. It is for trying how sums go above the
// county.
package province

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/demo/internal/dice"
	"taizhang/store/office"
)

// Options say what province to make.
type Options struct {
	Seed   uint64 // 0 for 1
	Units  int    // from 1 to MaxUnits
	County int    // units of a county, but for the last; 0 for 500, which are the most
	Months int    // the last of them is Month; 0 for 1, at most 12
	// Progress, where set, is told how many counties of how many are made.
	Progress func(done, all int)
}

// MaxUnits are the most units of a province: as many as there are codes.
const MaxUnits = 99 * cityOf * countyUnits

// Month is the last month of which there are sums.
const Month = model.Month("2026-10")

// The size of what is made.
const (
	countyUnits = 500 // of a county
	townUnits   = 25  // of a township
	cityOf      = 10  // counties of a city
)

// Result says where the files are.
type Result struct {
	Ledger, Profile, Key string

	Counties, Units int
}

// Make makes a province up in dir: its ledger, which has received of each county the sums
// down to the unit, its key and profile. Every number is that of one made-up village, made
// larger or smaller: what adds up does, and shares stay shares, but the six formulas of
// A11 need not hold. The same seed gives the same sums. *model.Error: E-EXISTS for files
// that are there, E-DEMO-UNITS for a size that there is not.
func Make(ctx context.Context, dir string, o Options) (Result, error) {
	if o.County <= 0 || o.County > countyUnits {
		o.County = countyUnits
	}
	if most := MaxUnits / countyUnits * o.County; o.Units < 1 || o.Units > most || o.Months < 0 || o.Months > 12 {
		return Result{}, model.Errorf("E-DEMO-UNITS", "单位数应在 1 到 %d 之间", most)
	}
	o.Seed, o.Months = max(o.Seed, 1), max(o.Months, 1)
	source := &model.Source{Rand: dice.NewStream(o.Seed, "province"),
		Now: func() time.Time { return time.Date(2026, 11, 6, 1, 0, 0, 0, time.UTC) }}
	files, err := county.Init(ctx, county.InitOptions{Code: "990000000000", Name: "中共示例省委组织部", Dir: dir, Level: bundle.LevelProvince, Source: source})
	if err != nil {
		return Result{}, err
	}
	r := Result{Ledger: files.DB, Profile: files.Profile, Key: files.Key, Units: o.Units, Counties: (o.Units + o.County - 1) / o.County}
	t, err := newTemplate(ctx)
	if err != nil {
		return r, err
	}
	l, err := book.Open(ctx, files.DB, store.Options{Source: source})
	if err != nil {
		return r, err
	}
	return r, errors.Join(fill(ctx, l, t, o, r.Counties), l.Close())
}

func fill(ctx context.Context, l *store.Ledger, t *template, o Options, counties int) error {
	for n := range counties {
		units := min(o.County, o.Units-n*o.County)
		for back := o.Months - 1; back >= 0; back-- {
			if err := office.Write(ctx, l, t.county(o.Seed, n, units, Month.Add(-back))); err != nil {
				return err
			}
		}
		if o.Progress != nil {
			o.Progress(n+1, counties)
		}
	}
	return nil
}

// hashOf stands for the hash of a bundle that there never was.
func hashOf(code string, month model.Month) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s", code, month))
	return hex.EncodeToString(sum[:])
}

// tempFolder calls fn with a folder that is gone afterwards.
func tempFolder(fn func(dir string) error) error {
	dir, err := os.MkdirTemp("", "taizhang-demo-")
	if err != nil {
		return err
	}
	return errors.Join(fn(dir), os.RemoveAll(dir))
}
