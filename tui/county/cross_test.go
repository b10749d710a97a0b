package county_test

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/tui"
	"taizhang/tui/tuitest/sample"
)

// TestCrossSaysWhatItCantFind opens 交叉核对 where the bundles hold no ID numbers.
func TestCrossSaysWhatItCantFind(t *testing.T) {
	l := sample.CountyWithStick(t, "")
	key, err := bundle.ParseCountyKey([]byte(sample.Read(t, filepath.Join("县", county.KeyFile))), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := county.Set(context.Background(), l, key, county.ProfilePath(l), []string{"identity=不带"}); err != nil {
		t.Fatal(err)
	}
	tm := sample.Start(t, tui.New(context.Background(), tui.Options{Ledger: l}), 80, 24)
	sample.OpenScreen(tm, "交叉核对")
	tm.WaitFor("各单位的名册没有互相对不上的")
	tm.WaitFor("本县的报送包不带身份证号")
}
