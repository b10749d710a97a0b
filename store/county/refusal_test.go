package county_test

import (
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
)

// TestEachLevelSpeaksForItself: what is wrong with a file is told to the clerk and to those
// who sent it, at every level in words of that level.
func TestEachLevelSpeaksForItself(t *testing.T) {
	t.Parallel()
	strange := map[string][]string{ // words of other levels
		bundle.LevelCounty:   {"市里", "省里", "下级"},
		bundle.LevelCity:     {"村里", "各村", "别村", "本村", "省里", "本县的配置", "县(市)委"},
		bundle.LevelProvince: {"村", "县里", "各县", "别县", "本县"},
	}
	for _, code := range []string{bundle.CodeZIP, bundle.CodeSignature, bundle.CodeNewer, bundle.CodeRows, "E-BUNDLE-KEY", "E-SUMS"} {
		seen := map[string]bool{}
		for level, words := range strange {
			here, there := county.Told(level, model.Errorf(code, "报送包不对"))
			for _, text := range []string{here, there} {
				if !strings.HasPrefix(text, "报送包不对") && code != bundle.CodeNewer {
					t.Errorf("%s at %s: %s", code, level, text)
				}
				for _, w := range words {
					if strings.Contains(text, w) {
						t.Errorf("%s at %s speaks of %s: %s", code, level, w, text)
					}
				}
			}
			if here == there || strings.Contains(there, "请让") {
				t.Errorf("%s at %s: those who sent it read what the clerk reads: %s", code, level, there)
			}
			seen[here], seen[there] = true, true
		}
		if code == "E-BUNDLE-KEY" && len(seen) != 6 {
			t.Errorf("%s has %d texts for three levels: %v", code, len(seen), seen)
		}
	}
	here, there := county.Told(bundle.LevelProvince, model.Errorf(bundle.CodeNewer, "报送包是用更新的程序做的"))
	if here != "报送包是用更新的程序做的,请先更新本程序再接收" || !strings.HasPrefix(there, "省里的程序比本市的旧") || !strings.Contains(there, "告诉省委组织部") {
		t.Errorf("%s\n%s", here, there)
	}
}
