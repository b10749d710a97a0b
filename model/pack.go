package model

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Packs holds the rule packs: every limit of a rule stands in one, with the
// regulation, the article and the day from which it holds.
type Packs struct{ packs []Pack }

// Pack is one edition of a regulation.
type Pack struct {
	Name   string // what it is about, e.g. "发展党员"; editions share it
	Title  string // the regulation with its year: 《…》(2014)
	From   Date   // the day from which it holds; "" from always
	Limits []Limit
}

// Limit is one parameter of a pack.
type Limit struct {
	Name    string // e.g. "dues.farmer.max"
	Text    string // what it is, in Chinese
	Value   int64
	Per     int64  // denominator of a share, 0 or 1 otherwise
	Unit    string // 岁, 个月, 天, 分 …
	Article string // 第十三条
	Fixed   bool   // no county may set it
	County  bool   // set by the county's profile
	pack    *Pack
}

// Source names regulation and article.
func (l Limit) Source() string {
	if l.County {
		return "本县(市)规定"
	}
	if l.pack == nil {
		return "本台账"
	}
	return l.pack.Title + l.Article
}

// Int gives the value as an int.
func (l Limit) Int() int { return int(l.Value) }

// AtLeast reports whether part is the limit's share of whole or more (以上, 不少于).
func (l Limit) AtLeast(part, whole int64) bool { return part*max(l.Per, 1) >= whole*l.Value }

// MoreThan reports whether part is more than the limit's share of whole (超过).
func (l Limit) MoreThan(part, whole int64) bool { return part*max(l.Per, 1) > whole*l.Value }

// set takes a county's value: a whole number, or 1/3 for a share.
func (l *Limit) set(text string) error {
	above, below, share := strings.Cut(text, "/")
	n, err := strconv.ParseInt(above, 10, 64)
	if err != nil || n < 0 {
		return Errorf("E-PARAM", "参数 %s(%s)的值“%s”不是整数", l.Name, l.Text, Shown(text))
	}
	if share {
		per, err := strconv.ParseInt(below, 10, 64)
		if err != nil || per <= 0 || l.Per == 0 {
			return Errorf("E-PARAM", "参数 %s(%s)的值“%s”不是这样写的:份额写成 1/3,其他的写整数", l.Name, l.Text, Shown(text))
		}
		l.Per = per
	}
	l.Value, l.County = n, true
	return nil
}

// NewPacks builds the set; overrides (from the county's profile) replace the
// values of limits by name. A limit unknown or a value that is no number is an
// Error, so that a mistyped parameter is not passed over. others judge the overrides
// that are no limit of a pack, as the goals of the summary's figures: known tells that
// it is one all the same, err that its value is wrong.
func NewPacks(packs []Pack, overrides map[string]string, others ...func(name, value string) (known bool, err error)) (*Packs, error) {
	p := &Packs{packs: slices.Clone(packs)}
	Sort(p.packs, func(a, b Pack) int { return cmp.Compare(a.From, b.From) })
	used := map[string]bool{}
	for i := range p.packs {
		pack := &p.packs[i]
		pack.Limits = slices.Clone(pack.Limits)
		for j := range pack.Limits {
			l := &pack.Limits[j]
			l.pack = pack
			text, ok := overrides[l.Name]
			if !ok {
				continue
			}
			used[l.Name] = true
			if l.Fixed {
				return nil, Errorf("E-PARAM", "参数 %s 由%s规定,县(市)不能另设", l.Name, pack.Title)
			}
			if err := l.set(text); err != nil {
				return nil, err
			}
		}
	}
	for name, value := range overrides {
		known := used[name]
		for _, judge := range others {
			if known {
				break
			}
			var err error
			if known, err = judge(name, value); err != nil {
				return nil, err
			}
		}
		if !known {
			return nil, Errorf("E-PARAM", "没有名为 %s 的参数", name)
		}
	}
	return p, nil
}

// Limit gives the limit that holds on the day of the step that it governs; of a period
// that is the day on which the period begins, since one that had begun keeps its
// length. Before the first edition it is the first one's. It panics on an unknown
// name: a fault of the program.
func (p *Packs) Limit(name string, day Date) Limit {
	var found *Limit
	for i := range p.packs {
		pack := &p.packs[i]
		for j := range pack.Limits {
			if pack.Limits[j].Name == name && (found == nil || pack.From <= day) {
				found = &pack.Limits[j]
			}
		}
	}
	if found == nil {
		panic(fmt.Sprintf("model: no limit %q", name))
	}
	return *found
}

// Editions gives a limit in all its editions, the oldest first.
func (p *Packs) Editions(name string) []Limit {
	var all []Limit
	for i := range p.packs {
		for _, l := range p.packs[i].Limits {
			if l.Name == name {
				all = append(all, l)
			}
		}
	}
	return all
}

// From is the day from which the edition holds, "" from always.
func (l Limit) From() Date {
	if l.pack == nil {
		return ""
	}
	return l.pack.From
}

// Number gives the value with its unit, as people write it: 12 个月, 1/3.
func (l Limit) Number() string {
	text := strconv.FormatInt(l.Value, 10)
	if l.Per > 0 {
		text += "/" + strconv.FormatInt(l.Per, 10)
	}
	if l.Unit == "" {
		return text
	}
	return text + " " + l.Unit
}

// All gives the packs in the order of their days.
func (p *Packs) All() []Pack { return p.packs }
