package figures_test

import (
	"slices"
	"testing"

	"taizhang/store/count/figures"
)

// The values that domain.md §11.1 sets for the made-up county meet what the source
// says; its damaged figures are not among them.
func TestSourceFigures(t *testing.T) {
	set := map[string]map[string]int64{
		"F01": {"organizations": 20}, "F03": {"organizations": 281, "five_good": 97}, "F04": {"organizations": 189, "five_good": 57},
		"F05": {"organizations": 46, "five_good": 9}, "F06": {"townships": 16, "villages": 225, "enterprises": 152, "communities": 37, "all": 429},
		"F07": {"money": 598_000_00}, "F08": {"money": 2_536_000_00}, "F09": {"departments": 43, "section_chiefs": 20, "leaders": 25},
		"F10": {"departments": 32, "enterprises": 14, "units": 46}, "F11": {"villages": 23}, "F12": {"helpers": 1824, "helped": 1950},
		"F13": {"sessions": 412, "attendances": 41_260}, "F15": {},
		"F16": {"committees": 3, "general": 6, "branches": 176, "joint": 3}, "F17": {"advisers": 162},
		"F18": {"associations": 5, "parks": 1, "communities": 5}, "F19": {"direct": 183}, "F20": {"committees": 2},
		"F21": {"secretaries": 5, "reserves": 12}, "F22": {"civil_servants": 5, "township_leaders": 18}, "F23": {"money": 490_000_00},
		"F24": {"both_leader": 226, "private_owner": 33}, "F25": {"to_able": 67, "to_cadre": 163},
		"F26": {"secretaries": 281, "with_project": 281, "both_leader": 216}, "F27": {"per_mille": 764}, "F28": {"entities": 1748},
		"F29": {"members": 115, "not_able": 65, "with_projects": 50}, "F30": {"heads": 196}, "F32": {"households": 300, "enterprises": 75},
		"F33": {"members": 2340}, "F34": {"money": 33_000_00, "players": 57, "books": 57, "films": 2960}, "F35": {"persons": 19},
		"F36": {"organizations": 5, "persons": 3}, "F37": {"persons": 428, "organizations": 312}, "F38": {"meetings": 2},
	}
	var codes []string
	for _, i := range figures.All() {
		codes = append(codes, i.Code)
		if err := i.Validate(); err != nil {
			t.Error(err)
		}
		for _, f := range i.Figures {
			value, is := set[i.Code][f.Key]
			switch {
			case is != (f.Expect != nil):
				t.Errorf("%s %s: expected of the source: %v, set: %v", i.Code, f.Key, f.Expect != nil, is)
			case is && !f.Expect.Meets(value):
				t.Errorf("%s %s: %d is not as the source says", i.Code, f.Key, value)
			case is && f.Expect.Meets(0):
				t.Errorf("%s %s: none is as the source says", i.Code, f.Key)
			}
		}
	}
	if !slices.IsSorted(codes) || len(codes) != len(set) {
		t.Errorf("the figures are %v", codes)
	}
}
