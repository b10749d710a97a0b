package folk

import (
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

// LowerDues says at which meeting it was agreed that one pays less than the standing
// amount from a month on; "" for those who pay all of it.
func LowerDues(basis string, from model.Month) string {
	switch basis {
	case "0.2元档", "减交", "免交":
		return from.Chinese() + "支部党员大会"
	}
	return ""
}

// TrainingNeed is what somebody of a trade asks to learn, "" for nothing in particular.
func TrainingNeed(job string) string {
	return map[string]string{"种养业大户": "病虫害绿色防控", "农民经纪人": "农产品电商", "个体工商户": "直播带货", "企业经营者": "企业经营管理"}[job]
}
