package party

import "taizhang/model"

// KeptHere and KeptThere are the choices of kept_as: the same course, aid or honour is written
// down by the county and by the village, and only the first counts in the
// county's sum; both count in a person's file.
const (
	KeptHere  = "本级主办"
	KeptThere = "参加或接受"
)

// keptAs gives the field of the kinds marked ◆ in records.md; it stands last.
func keptAs() *model.Field {
	return &model.Field{Name: "kept_as", Label: "记录身份", Type: model.TypeChoice, Default: KeptHere,
		Choices: []string{KeptHere, KeptThere},
		Help:    "本村自己办的选“本级主办”;上级办、本村参加或受益的选“参加或接受”,上级汇总时不重复计数",
	}
}
