package party

import (
	"testing"

	"taizhang/model"
)

func TestIsHome(t *testing.T) {
	home := model.NewRecord(kindOrganization)
	home.Set("name", "中共澄安县柳河镇清溪村支部委员会")
	home.Set("township", "柳河镇")
	home.Set("county", "澄安县")
	firm := model.NewRecord(kindOrganization)
	firm.Set("name", "中共澄安县永源服装有限公司支部委员会")
	firm.Set("short_name", "永源服装")
	for _, c := range []struct {
		home *model.Record
		name string
		want bool
	}{
		{home, "清溪村党支部", true},
		{home, "清溪村村委会", true},
		{home, "柳河镇清溪村", true},
		{home, "本村", true},
		{home, "村两委", true},
		{home, "村委会", true},
		{home, "党支部", true},
		{home, "中共澄安县柳河镇清溪村支部委员会", true},
		{home, "柳河镇党委", false},
		{home, "柳河镇石桥村党支部", false},
		{home, "澄安县农业农村局", false},
		{home, "村镇银行", false},
		{home, "县委组织部", false},
		{home, "", false},
		{firm, "永源服装有限公司", true},
		{firm, "本单位", true},
		{firm, "工业园区党工委", false},
	} {
		if got := isHome(&model.Env{Home: c.home}, c.name); got != c.want {
			t.Errorf("%s of %s: %v", c.name, c.home.Str("name"), got)
		}
	}
}
