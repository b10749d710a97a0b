package party

import (
	"strings"

	"taizhang/model"
)

// ownWords begin names by which people in a village mean the village itself.
var ownWords = []string{"本村", "本支部", "本党支部", "本社区", "本单位", "我村", "村党", "村支", "村委", "村两委", "村民委", "支部", "党支部"}

// isHome tells whether a name written by hand means the home organisation or its
// village: in full, in short, or as 村委会, 村两委.
func isHome(env *model.Env, name string) bool {
	if env.Home == nil || name == "" {
		return false
	}
	for _, w := range ownWords {
		if strings.HasPrefix(name, w) {
			return true
		}
	}
	full, short := env.Home.Str("name"), env.Home.Str("short_name")
	if name == full || short != "" && strings.Contains(name, short) {
		return true
	}
	brief := model.BriefName(full, env.Home.Str("county"), env.Home.Str("township"))
	for _, end := range []string{"村", "社区"} {
		if at := strings.Index(brief, end); at > 0 {
			return strings.Contains(name, placeAlone(brief[:at+len(end)]))
		}
	}
	return strings.Contains(name, brief)
}

// homeLevel is the level on which the home organisation names models of its own.
func homeLevel(env *model.Env) string {
	switch {
	case env.Home == nil:
		return ""
	case env.Home.Is("domain", "乡镇"):
		return "乡镇"
	case env.Home.Is("domain", "机关") && env.Home.Is("kind", "党委"):
		return "市县"
	}
	return "村"
}

// placeAlone is a village's name without the county and township written before it.
func placeAlone(village string) string {
	for _, wider := range []string{"县", "市", "区", "镇", "乡", "街道"} {
		if at := strings.LastIndex(village, wider); at > 0 && at+len(wider)+len("村") < len(village) {
			village = village[at+len(wider):]
		}
	}
	return village
}
