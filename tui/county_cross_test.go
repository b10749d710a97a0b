package tui

import (
	"context"
	"path/filepath"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestCrossSaysWhatItCantFind opens 交叉核对 where the bundles hold no ID numbers.
func TestCrossSaysWhatItCantFind(t *testing.T) {
	l := countyWithStick(t, "")
	key, err := bundle.ParseCountyKey([]byte(read(t, filepath.Join("县", county.KeyFile))), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := county.Set(context.Background(), l, key, county.ProfilePath(l), []string{"identity=不带"}); err != nil {
		t.Fatal(err)
	}
	tm, _ := start(t, Options{Ledger: l}, 80, 24)
	openScreen(tm, "交叉核对")
	tm.WaitFor("各单位的名册没有互相对不上的")
	tm.WaitFor("本县的报送包不带身份证号")
}
