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
}

// severityDue stands in the list for what falls due.
const severityDue = "到期"

// AllRules lists the rules of all kinds, those of every kind and what falls due, by
// code and then by the kinds' order.
func AllRules(c *Catalog) []RuleInfo {
	var all []RuleInfo
	add := func(kind, title string, rules ...Rule) {
		for _, r := range rules {
			all = append(all, RuleInfo{r.Code, kind, title, r.Severity.String(), r.Text, r.Source, r.Limits})
		}
	}
	add("", "各类记录", GeneralRules()...)
	for _, k := range c.Kinds() {
		add(k.Name, k.Title, k.Rules...)
		add(k.Name, k.Title, k.Kept...)
		for _, d := range k.Due {
			all = append(all, RuleInfo{d.Code, k.Name, k.Title, severityDue, d.Text, d.Source, d.Limits})
		}
	}
	slices.SortStableFunc(all, func(a, b RuleInfo) int { return cmp.Compare(a.Code, b.Code) })
	return all
}
