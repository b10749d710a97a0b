package model_test

import (
	"testing"

	"taizhang/model"
)

// TestBriefName leaves out what all names of a county have in common, and never what
// an organisation is of.
func TestBriefName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"中共澄安县柳河镇石桥村支部委员会", "石桥村支部委员会"},
		{"中共澄安县柳河镇委员会", "柳河镇委员会"},
		{"中共澄安县委员会组织部", "澄安县委员会组织部"},
		{"中共澄安县委组织部", "澄安县委组织部"},
		{"中共澄安县澄安永和电缆有限公司支部委员会", "澄安永和电缆有限公司支部委员会"},
		{"石桥村党支部", "石桥村党支部"},
		{"柳河镇党委", "柳河镇党委"},
		{"柳河镇", "柳河镇"},
		{"", ""},
	} {
		if got := model.BriefName(c.name, "澄安县", "柳河镇"); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
	if got := model.BriefName("中共石桥村支部委员会", "", ""); got != "石桥村支部委员会" {
		t.Errorf("without places: %q", got)
	}
}
