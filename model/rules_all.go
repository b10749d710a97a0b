package model

import (
	"cmp"
	"slices"
)

// RuleInfo is one line of the list of rules.
type RuleInfo struct {
	Code     string   `json:"code"`
	Kind     string   `json:"kind"`  // "" for a rule of every kind
	Title    string   `json:"title"` // the kind's, or 各类记录
	Severity string   `json:"severity"`
	Text     string   `json:"text"`
	Source   string   `json:"source"`
	Limits   []string `json:"limits,omitempty"` // parameters of the rule packs

	// Values say what the parameters are, by WithLimits.
	Values []LimitInfo `json:"values,omitempty"`
}

// LimitInfo is a parameter of a rule with what it is in each edition of its regulation.
type LimitInfo struct {
	Name     string         `json:"name"`
	Text     string         `json:"text"`
	Editions []LimitEdition `json:"editions"` // the oldest first
}

// LimitEdition is what a parameter is from a day on.
type LimitEdition struct {
	From   Date   `json:"from,omitempty"` // "" from always
	Value  string `json:"value"`          // with its unit: 12 个月
	Source string `json:"source"`         // regulation and article, or 惯例
}

// WithLimits adds to rules what their parameters are.
func WithLimits(rules []RuleInfo, p *Packs) []RuleInfo {
	all := slices.Clone(rules)
	for i := range all {
		all[i].Values = make([]LimitInfo, len(all[i].Limits))
		for j, name := range all[i].Limits {
			all[i].Values[j] = p.describe(name)
		}
	}
	return all
}

func (p *Packs) describe(name string) LimitInfo {
	info := LimitInfo{Name: name}
	for _, l := range p.Editions(name) {
		info.Text = l.Text
		info.Editions = append(info.Editions, LimitEdition{l.From(), l.Number(), l.Source()})
	}
	return info
}

// String says the parameter in one line: 入党宣誓的期限 0 个月(…(2014)第三十条),2026-05-11
// 起 1 个月(…(2026)第二十九条). The day stands only where the value changes.
func (l LimitInfo) String() string {
	text := l.Text
	for i, e := range l.Editions {
		switch {
		case i == 0:
			text += " " + e.Value + "(" + e.Source
		case e.Value == l.Editions[i-1].Value:
			text += "、" + e.Source
		default:
			text += ")," + string(e.From) + " 起 " + e.Value + "(" + e.Source
		}
	}
	return text + ")"
}

// severityDue stands in the list for what falls due.
const severityDue = "到期"

// AllRules lists the rules of all kinds, those of every kind and what falls due, by
// code and then by the kinds' order.
func AllRules(c *Catalog) []RuleInfo {
	var all []RuleInfo
	add := func(kind, title string, rules ...Rule) {
		for _, r := range rules {
			all = append(all, RuleInfo{r.Code, kind, title, r.Severity.String(), r.Text, r.Source, r.Limits, nil})
		}
	}
	add("", "各类记录", GeneralRules()...)
	for _, k := range c.Kinds() {
		add(k.Name, k.Title, k.Rules...)
		add(k.Name, k.Title, k.Kept...)
		for _, d := range k.Due {
			all = append(all, RuleInfo{d.Code, k.Name, k.Title, severityDue, d.Text, d.Source, d.Limits, nil})
		}
	}
	Sort(all, func(a, b RuleInfo) int { return cmp.Compare(a.Code, b.Code) })
	return all
}

// Needs makes the rule that a field must be filled once another holds a value:
// the errors of records.md of the shape "已任用 has appointed_on".
func Needs(code, field, given, value, text string) Rule {
	return Rule{Code: code, Severity: Fault, Field: field, Text: text, Source: SourceOwn,
		Check: func(x *Exam) {
			if x.Record.Is(given, value) && !x.Record.Filled(field) {
				x.Say("%s", text)
			}
		}}
}

// NeedsOneOf makes the rule that one of some fields is filled. The message stands
// under the first.
func NeedsOneOf(code, text string, fields ...string) Rule {
	return Rule{Code: code, Severity: Fault, Field: fields[0], Text: text, Source: SourceOwn,
		Check: func(x *Exam) {
			for _, f := range fields {
				if x.Record.Filled(f) {
					return
				}
			}
			x.Say("%s", text)
		}}
}
