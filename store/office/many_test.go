package office_test

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/county"
	"taizhang/store/office"
)

// TestTooManyUnits: units that would fill the memory are not told apart, and it is said what
// helps; any other split goes on, and so does one unit less.
func TestTooManyUnits(t *testing.T) {
	const most = 40
	defer office.SetMostUnits(most)()
	p := newPlace(t, bundle.LevelProvince, "990000000000", "云省委组织部", 201)
	s := madeSums("990101000000", 1, 29)
	for n := range most + 1 {
		s.Groups = append(s.Groups, office.Group{Kind: office.KindUnit, Sender: s.Code, County: s.Code, Column: count.Column{Key: fmt.Sprintf("990101%06d", n), Title: "石桥村党支部", Units: 1}})
	}
	must(t, office.Write(t.Context(), p.l, s))
	_, err := county.ReadReport(t.Context(), p.l, count.Ask{Month: month, By: count.ByOrganisation})
	if code(err) != "E-BY-MANY" || !strings.Contains(err.Error(), "41 个单位") || !strings.Contains(err.Error(), "PostgreSQL") {
		t.Errorf("%d units: %v", most+1, err)
	}
	p.summary(t, count.ByTownship)
	s.Groups = s.Groups[:len(s.Groups)-1]
	must(t, office.Write(t.Context(), p.l, s))
	if b := p.summary(t, count.ByOrganisation); len(b.Columns) != most+1 {
		t.Errorf("%d columns", len(b.Columns))
	}
}
