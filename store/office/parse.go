package office

import (
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/count"
)

// The bounds of what a bundle of sums says.
const (
	maxNumber = 1_000_000_000_000_000 // in fen: more than all dues of the country
	maxLacks  = 100_000               // characters of a group's list of what it lacks
)

var (
	figureForm = model.NewPattern(`^[A-Z][0-9]{2,3}\.[a-z][a-z0-9_]{0,79}$`)
	prefixForm = model.NewPattern(`^[0-9]{6}$`)
)

// Parse reads the tables of a bundle of sums. What is wrong with them is a *model.Error
// E-SUMS, or bundle.CodeRows.
func Parse(b *bundle.Bundle) (*Sums, error) {
	m := &b.Package.Taizhang
	p := &parser{b: b, sums: &Sums{Sender: Sender{Code: m.Organization.Code, Name: m.Organization.Name, Month: m.Month, Level: m.Sums.Level, Detail: m.Sums.Detail,
		From: m.Sums.From, To: m.Sums.To, Closed: m.Sums.Closed, Due: m.Sums.Due, In: m.Sums.In, Sequence: m.Sequence, Hash: b.Hash,
		Figures: []Figure{}, Transfers: []count.Transfer{}}},
		figures: map[string]int{}, groups: map[string]int{}}
	for _, read := range []func() error{p.readFigures, p.readGroups, p.readTallies, p.readApart, p.readUnits, p.whole} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return p.sums, nil
}

type parser struct {
	b       *bundle.Bundle
	sums    *Sums
	figures map[string]int // by CODE.key, where it stands in Sums.Figures
	groups  map[string]int // by the group's name, where it stands in Sums.Groups
}

func wrong(format string, args ...any) error {
	return model.Errorf("E-SUMS", "报送包里的汇总数字不对("+format+")", args...)
}

// keyColumns name things: what cannot be seen in them is wrong. Of other texts it is dropped.
var keyColumns = []string{"group", "figure", "part", "code", "county", "of"}

// rows gives the rows of a table, each by the names of its columns.
func (p *parser) rows(table string) iter.Seq2[map[string]string, error] {
	return func(yield func(map[string]string, error) bool) {
		header := p.b.Resource(table).Header()
		row := map[string]string{}
		for values, err := range p.b.Rows(table) {
			if err != nil {
				yield(nil, err)
				return
			}
			for i, name := range header {
				row[name] = model.Clean(values[i], false)
				limit := model.MaxText
				if name == "lacks" {
					limit = maxLacks
				}
				if utf8.RuneCountInString(values[i]) > limit || row[name] != values[i] && slices.Contains(keyColumns, name) {
					yield(nil, wrong("%s表里有看不见的字符,或者太长的文字", p.b.Resource(table).Title))
					return
				}
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// number reads a whole number.
func number(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	return n, err == nil && n >= -maxNumber && n <= maxNumber
}

func (p *parser) readFigures() error {
	for row, err := range p.rows(bundle.SumFigures) {
		if err != nil {
			return err
		}
		goal, ok := number(row["goal"])
		code, key, _ := strings.Cut(row["figure"], ".")
		of := strings.TrimPrefix(row["of"], code+".")
		if !ok || !figureForm.MatchString(row["figure"]) || row["of"] != "" && of == row["of"] || !slices.Contains([]string{CountRows, CountHeads, CountSum}, row["count"]) {
			return wrong("指标 %s", model.Shown(row["figure"]))
		}
		p.figures[row["figure"]] = len(p.sums.Figures)
		p.sums.Figures = append(p.sums.Figures, Figure{Indicator: code, Key: key, Heading: row["indicator"], Title: row["title"], Unit: row["unit"], Count: row["count"],
			Of: of, Goal: int(goal)})
	}
	return nil
}

func (p *parser) readGroups() error {
	for row, err := range p.rows(bundle.SumGroups) {
		if err != nil {
			return err
		}
		g := Group{Kind: row["kind"]}
		units, ok := number(row["units"])
		if !ok || units < 0 || !p.place(&g, row["group"]) {
			return wrong("范围 %s", model.Shown(row["group"]))
		}
		g.Title, g.Units, g.Values, g.Apart = row["title"], int(units), Numbers{}, Numbers{}
		switch row["state"] {
		case "":
		case bundle.SumAbsent:
			g.Absent = true
		case bundle.SumLater:
			g.Later = true
		default:
			return wrong("范围 %s 的情形", model.Shown(row["group"]))
		}
		for part := range strings.SplitSeq(row["lacks"], ";") {
			if part == "" {
				continue
			}
			figure, text, _ := strings.Cut(part, "=")
			n, ok := number(text)
			if _, known := p.figures[figure]; !ok || n < 0 || n > units || !known {
				return wrong("范围 %s 里没有数的单位数", model.Shown(row["group"]))
			}
			if g.Lacks == nil {
				g.Lacks = map[string]int{}
			}
			g.Lacks[figure] = int(n)
		}
		p.groups[row["group"]] = len(p.sums.Groups)
		p.sums.Groups = append(p.sums.Groups, g)
	}
	return nil
}

// place gives a group its key and its county, by its name in the bundle and its kind; false
// for a name that it can't have.
func (p *parser) place(g *Group, name string) bool {
	county := ""
	if p.sums.Level == bundle.LevelCounty {
		county = p.sums.Code
	}
	if g.Kind == KindAll {
		g.County = county
		return name == KindAll
	}
	key, named := strings.CutPrefix(name, g.Kind+"/")
	g.Key, g.County = key, county
	if !named || key == "" && g.Kind != KindDomain {
		return false
	}
	switch g.Kind {
	case KindCounty:
		g.County = key
		return county == "" && model.CheckOrgCode("", key) == nil
	case KindTownship:
		if county != "" {
			g.Key = county + "/" + key
			return true
		}
		code, town, _ := strings.Cut(key, "/")
		g.County = code
		return town != "" && model.CheckOrgCode("", code) == nil
	case KindUnit:
		return p.sums.Detail == bundle.DetailUnit // the county is told by the table of units
	}
	return g.Kind == KindDomain
}

func (p *parser) readTallies() error {
	return p.numbers(bundle.SumTallies, func(g *Group) Numbers { return g.Values })
}

func (p *parser) readApart() error {
	return p.numbers(bundle.SumApart, func(g *Group) Numbers { return g.Apart })
}

func (p *parser) numbers(table string, of func(*Group) Numbers) error {
	for row, err := range p.rows(table) {
		if err != nil {
			return err
		}
		at, ok := p.groups[row["group"]]
		f, known := p.figures[row["figure"]]
		rows, good := number(row["rows"])
		sum, fine := number(row["sum"])
		if !ok || !known || !good || !fine || rows != 0 && sum != 0 {
			return wrong("%s 的 %s", model.Shown(row["group"]), model.Shown(row["figure"]))
		}
		g, figure, part := &p.sums.Groups[at], &p.sums.Figures[f], row["part"]
		if part == bundle.WholePart {
			part = ""
		}
		// Of A11's figures none that is not split has a part: it is the other side's county.
		if g.Kind == KindAll && table == bundle.SumTallies && p.transfer(figure, part, rows+sum) {
			continue
		}
		figure.Split = figure.Split || part != ""
		Add(of(g), Numbers{figure.Indicator: {figure.Key: {part: rows + sum}}})
	}
	return nil
}

// transfer takes a number as that of transfers to or from another county.
func (p *parser) transfer(f *Figure, part string, n int64) bool {
	if f.Indicator != balanceCode || !prefixForm.MatchString(part) || !slices.ContainsFunc(transferLines, func(line string) bool { return strings.HasSuffix(f.Key, "_"+line) }) {
		return false
	}
	p.sums.Transfers = append(p.sums.Transfers, count.Transfer{Figure: f.Key, County: part, N: n})
	return true
}

func (p *parser) readUnits() error {
	if p.sums.Detail != bundle.DetailUnit {
		return nil
	}
	counties := map[string]string{}
	for row, err := range p.rows(bundle.SumUnits) {
		if err != nil {
			return err
		}
		county := p.sums.Code
		if p.sums.Level != bundle.LevelCounty {
			county = row["county"]
		}
		if model.CheckOrgCode("", row["code"]) != nil || model.CheckOrgCode("", county) != nil || row["reported"] != "是" && row["reported"] != "否" {
			return wrong("单位 %s", model.Shown(row["code"]))
		}
		counties[row["code"]] = county
		p.sums.Units = append(p.sums.Units, Unit{SealedUnit: count.SealedUnit{Code: row["code"], Name: row["name"], Township: row["township"],
			Domain: row["domain"], Kind: row["kind"], Reported: row["reported"] == "是", County: county}})
	}
	for i := range p.sums.Groups {
		if g := &p.sums.Groups[i]; g.Kind == KindUnit && g.County == "" {
			g.County = counties[g.Key]
		}
	}
	return nil
}

// whole asks for the group of all, and gives a county that sends itself the group of the
// county.
func (p *parser) whole() error {
	at, ok := p.groups[KindAll]
	if !ok {
		return wrong("没有合计")
	}
	if p.sums.Level == bundle.LevelCounty {
		g := p.sums.Groups[at]
		g.Kind, g.Key, g.Title = KindCounty, p.sums.Code, p.sums.Name
		p.sums.Groups = append(p.sums.Groups, g)
	}
	return nil
}
