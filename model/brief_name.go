package model

import "strings"

// ofThePlace begins what is left of a party organisation's name when the place before
// it is the very thing that it is the organisation of.
var ofThePlace = []string{"委", "工委", "总支", "支部", "党", "联合"}

// BriefName gives a party organisation's name without what stands before the names of
// all organisations of a county, so that in a narrow column the part that differs is
// seen: 中共, then the places, widest first. The place that the organisation is of
// stays: 中共澄安县柳河镇委员会 is 柳河镇委员会.
func BriefName(name string, places ...string) string {
	name = strings.TrimPrefix(name, "中共")
	for _, place := range places {
		rest, ok := strings.CutPrefix(name, place)
		if !ok || rest == "" {
			continue
		}
		of := false
		for _, p := range ofThePlace {
			of = of || strings.HasPrefix(rest, p)
		}
		if !of {
			name = rest
		}
	}
	return name
}
