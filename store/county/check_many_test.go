package county_test

import (
	"fmt"
	"slices"
	"testing"

	"taizhang/store"
)

// TestCheckManyOrganisations examines a county of more organisations than are read at once:
// what is found is what each village's own ledger finds, each time.
func TestCheckManyOrganisations(t *testing.T) {
	o := newOffice(t)
	var want []string
	for i := range 20 {
		v := o.village(t, fmt.Sprintf("9901011012%02d", i), byte(20+10*i))
		p := v.person(t, fmt.Sprintf("张%d", i), "status", "正式党员", "birth_date", "1970-03-02", "joined_on", "2001-07-01", "confirmed_on", "2002-07-01")
		v.add(t, "movement", "person", p.ID, "kind", "转出", "happened_on", "2026-03-02", "to_org", "邻村党支部", "to_code", "990101101299")
		must(t, v.CheckAll(ctx, func(p store.Problem) error {
			want = append(want, p.OrgID+" "+p.ID+" "+p.Finding.Code)
			return nil
		}))
		v.export(t)
	}
	o.receive(t, o.stick)
	slices.Sort(want)
	for range 5 {
		var got []string
		must(t, o.l.CheckAll(ctx, func(p store.Problem) error {
			if p.OrgID != o.l.Home().ID {
				got = append(got, p.OrgID+" "+p.ID+" "+p.Finding.Code)
			}
			return nil
		}))
		slices.Sort(got)
		if !slices.Equal(got, want) || len(got) < 20 {
			t.Fatalf("at the county %d findings\n%q\nin the villages %d\n%q", len(got), got, len(want), want)
		}
	}
}
