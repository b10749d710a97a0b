package bundle

import "taizhang/model"

// The levels of the offices above the villages.
const (
	LevelCounty   = "县"
	LevelCity     = "地市"
	LevelProvince = "省"
)

// How far down the sums of a bundle go.
const (
	DetailTownship = "township"
	DetailUnit     = "unit" // to each organisation
)

// Sums says of what the sums in a bundle are.
type Sums struct {
	Level  string     `json:"level"`  // of the office that sends them: 县, 地市
	Detail string     `json:"detail"` // township, unit
	From   model.Date `json:"from"`   // the first day of what is of the year
	To     model.Date `json:"to"`     // the day at which what stands is counted
	Closed string     `json:"closed"` // when the month was closed: YYYY-MM-DDThh:mm:ssZ
	Due    int        `json:"due"`    // units that had to report
	In     int        `json:"in"`     // that had
}

func (s *Sums) sound() bool {
	return (s.Level == LevelCounty || s.Level == LevelCity) && (s.Detail == DetailTownship || s.Detail == DetailUnit) &&
		s.From.Valid() && s.To.Valid() && s.From <= s.To && validStamp(s.Closed) && s.Due >= 0 && s.In >= 0 && s.In <= s.Due
}

// The tables of a bundle of sums.
const (
	SumFigures = "figure" // what the numbers are called
	SumGroups  = "group"  // of whom they are
	SumTallies = "tally"  // the numbers
	SumApart   = "apart"  // of those in a group of whom a figure is not known
	SumUnits   = "unit"   // with DetailUnit alone
)

// WholePart is the part of a tally that is of a figure as a whole: a key has no empty
// value.
const WholePart = "-"

// The states of a group.
const (
	SumAbsent = "没有数" // nobody in it can be counted
	SumLater  = "以后"  // some of its records tell a later state than that of the day
)

// AllGroup is the group of all, CountyGroup the kind of those that are of a county: in the
// sums of a city.
const (
	AllGroup    = "all"
	CountyGroup = "county"
)

// SumResources describes the tables of a bundle of sums from an office of a level, to be
// written in this order. No column of them is of a person.
func SumResources(level, detail string) []Resource {
	text := func(name, title string) model.SchemaField {
		return model.SchemaField{Name: name, Type: "string", Title: title}
	}
	number := func(name, title string) model.SchemaField {
		return model.SchemaField{Name: name, Type: "integer", Title: title}
	}
	table := func(name, title string, key []string, fields ...model.SchemaField) Resource {
		for i := range fields[:len(key)] {
			fields[i].Constraints = &model.Constraint{Required: true}
		}
		return resource(name, title, Schema{Fields: fields, PrimaryKey: key, ForeignKeys: []ForeignKey{}})
	}
	numbers := []model.SchemaField{text("group", "范围"), text("figure", "指标"), text("part", "部分"), number("rows", "个数"), number("sum", "合计")}
	all := []Resource{
		table(SumApart, "算不出比例的单位的数", []string{"group", "figure", "part"}, numbers...),
		table(SumFigures, "指标", []string{"figure"}, text("figure", "代码"), text("indicator", "指标"), text("title", "名称"), text("unit", "计量单位"),
			text("count", "怎样数(rows 个数、heads 不重复的个数、sum 合计)"), text("of", "占哪一项的比例"), number("goal", "目标(百分比)")),
		table(SumGroups, "范围", []string{"group"}, text("group", "代码"), text("kind", "种类"), text("title", "名称"), number("units", "单位数"),
			text("lacks", "没有数的单位数(指标=个数;……)"), text("state", "情形")),
		table(SumTallies, "汇总数", []string{"group", "figure", "part"}, numbers...),
	}
	if detail == DetailUnit {
		units := []model.SchemaField{text("code", "组织代码"), text("name", "名称"), text("township", "乡镇"),
			text("domain", "所在领域"), text("kind", "组织类别"), text("reported", "本月是否已报")}
		if level != LevelCounty {
			units = append(units, text("county", "所属县的代码"))
		}
		all = append(all, table(SumUnits, "单位", []string{"code"}, units...))
	}
	return all
}
