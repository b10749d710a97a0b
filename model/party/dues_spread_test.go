package party_test

import (
	"errors"
	"fmt"
	"testing"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/internal/partytest"
)

// TestDuesOfAQuarter: three records for a quarter, the amount shared by the standard
// where it is that of the three months, else evenly to the fen.
func TestDuesOfAQuarter(t *testing.T) {
	t.Parallel()
	kind := party.Kinds.Kind("dues")
	person := partytest.Record(t, "person", "p1", "name", "甲", "status", "正式党员", "monthly_dues", "2", "dues_from", "2026-08")
	paid := partytest.Record(t, "dues", "d1", "person", "p1", "month", "2026-05", "amount", "2")
	for _, c := range []struct {
		month  string
		amount model.Value
		want   string
	}{
		{"2026-10", int64(600), "2026-10 600"},
		{"2026-Q4", int64(600), "2026-10 200;2026-11 200;2026-12 200"},
		{"2026-Q3", int64(400), "2026-07 133;2026-08 133;2026-09 134"}, // the standard holds from August
		{"2026-Q4", int64(500), "2026-10 166;2026-11 166;2026-12 168"},
		{"Q3", int64(30), "2026-07 10;2026-08 10;2026-09 10"},
		{"2026-Q4", nil, "2026-10 0;2026-11 0;2026-12 0"},
		{"2026-Q2", int64(600), "E-UNIQUE month"},
	} {
		r := partytest.Record(t, "dues", "", "person", "p1", "month", c.month)
		r.Set("amount", c.amount)
		env := &model.Env{Today: "2026-10-31", Look: partytest.Shelf{"person": {person}, "dues": {paid}}, Kinds: party.Kinds}
		all, err := kind.Spread(env, r)
		got := ""
		var known *model.Error
		if errors.As(err, &known) {
			got = known.Code + " " + known.Field
		} else if err != nil {
			t.Fatal(err)
		}
		for i, one := range all {
			if i > 0 {
				got += ";"
			}
			got += fmt.Sprintf("%s %d", one.Month("month"), one.Int("amount"))
			if one.Filled("amount") != (c.amount != nil) || one.Str("person") != "p1" {
				t.Errorf("%s: %v, %s", c.month, one.Get("amount"), one.Str("person"))
			}
		}
		if got != c.want {
			t.Errorf("%s %v: %s, want %s", c.month, c.amount, got, c.want)
		}
	}
}
