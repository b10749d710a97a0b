package folk

import (
	"fmt"

	"taizhang/model"
	"taizhang/store/demo/internal/dice"
)

// JobOf gives what somebody of an age lives by: farming above all, and from elsewhere
// for one who is away.
func JobOf(d *dice.Dice, v *Villager, age int) string {
	switch {
	case v.Away != "" && v.Returned == "":
		return "外出务工"
	case age < 23 && v.Status != "群众":
		return "学生"
	case !v.Able:
		return dice.Weigh(d, dice.Shares("务农84 离退休10 其他6"))
	}
	return dice.Weigh(d, dice.Shares("务农26 种养业大户20 农民经纪人9 个体工商户17 企业经营者8 企业务工16 乡村医生2 教师2"))
}

// ByBirth orders people by their days of birth, the oldest first.
func ByBirth(a, b *Villager) int {
	switch {
	case a.Birth < b.Birth:
		return -1
	case a.Birth > b.Birth:
		return 1
	}
	return 0
}

// Reduction says who approved that a member pays less than others or nothing, "" where
// they pay in full: the branch meeting, and the township on a day.
func (v *Villager) Reduction(on model.Date) string {
	switch v.Basis {
	case "免交", "减交", "0.2元档":
		return fmt.Sprintf("党费%s:支部党员大会讨论,镇党委批复(芦委组〔%d〕%d号)", v.Basis, on.Year(), int(on.Time().Month())+2)
	}
	return ""
}

// DuesOf gives the basis and the fen a month (domain.md §5.1). A farmer pays
// between 0.2 and 1 yuan; a pension or a wage pays half of a hundredth.
func DuesOf(d *dice.Dice, v *Villager) (basis string, fen int) {
	switch v.Job {
	case "学生", "待业":
		return "0.2元档", 20
	case "离退休":
		return "离退休", d.Between(26, 48) * 50
	case "教师", "公务员事业编", "乡村医生":
		return "工资", d.Between(24, 30) * 50
	}
	switch {
	case v.Needy:
		return "农民", 20
	case v.Able:
		return "农民", dice.Pick(d, []int{50, 100, 100})
	}
	return "农民", dice.Pick(d, []int{20, 50})
}
