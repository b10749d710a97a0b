package count_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/count/figures"
	"taizhang/store/county"
	"taizhang/store/internal/storetest"
)

// counted is a ledger made by hand of whose records a test knows the sums.
type counted struct {
	t     *testing.T
	l     *store.Ledger
	key   string // path of the county's key
	home  string
	units []string // the ids of the county's units, in the order in which they came
	rows  map[string]map[string][]*model.Record
	next  int
}

// countedCounty is a county's ledger with units, whose own organisation is home.
func countedCounty(t *testing.T, units ...string) *counted {
	t.Helper()
	ctx := context.Background()
	made, err := county.Init(ctx, county.InitOptions{Code: "990101", Name: "中共澄安县委员会组织部", Dir: filepath.Join(t.TempDir(), "county"),
		County: "澄安县", Source: storetest.Clock(3)})
	storetest.Must(t, err)
	l, err := book.Open(ctx, made.DB, store.Options{Source: storetest.Clock(4)})
	storetest.Must(t, err)
	t.Cleanup(func() { storetest.Must(t, l.Close()) })
	c := &counted{t: t, l: l, key: made.Key, home: l.Home().ID, rows: map[string]map[string][]*model.Record{}}
	for _, id := range units {
		c.unit(id, "domain", "行政村")
	}
	return c
}

// countedVillage is a village's own ledger.
func countedVillage(t *testing.T) *counted {
	t.Helper()
	l := storetest.Create(t, filepath.Join(t.TempDir(), "ledger.db"), store.Options{Book: book.Standard, Source: storetest.Clock(3)})
	return &counted{t: t, l: l, home: l.Home().ID, rows: map[string]map[string][]*model.Record{}}
}

// unit adds an organisation that has sent its ledger to the county: a rated branch,
// unless told otherwise.
func (c *counted) unit(id string, pairs ...string) string {
	c.t.Helper()
	c.units = append(c.units, id)
	return c.add(id, "organization", append([]string{"id", id, "code", "990101" + fmt.Sprintf("%03d", len(c.units)), "name", id,
		"kind", "党支部", "domain", "行政村", "rated", "1"}, pairs...)...)
}

// add writes a record of an organisation down, without asking any rule; values are as
// in a bundle, and the pseudo-fields id and deleted say what they say.
func (c *counted) add(org, kind string, pairs ...string) string {
	c.t.Helper()
	k := c.l.Kinds().Kind(kind)
	r := model.NewRecord(k)
	r.OrgID, r.CreatedAt, r.UpdatedAt, r.Rev = org, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 1
	c.next++
	r.ID = fmt.Sprintf("%s-%s-%d", org, kind, c.next)
	defaults := []string{"kept_as", "本级主办", "name", "某", "sex", "男", "status", "群众", "standing", "在册"}
	for i := 0; i < len(defaults); i += 2 {
		if k.Field(defaults[i]) != nil {
			r.Set(defaults[i], defaults[i+1])
		}
	}
	for i := 0; i < len(pairs); i += 2 {
		switch name, text := pairs[i], pairs[i+1]; name {
		case "id":
			r.ID = text
		case "deleted":
			r.DeletedAt = text
		default:
			v, err := k.Field(name).Type.ParseCSV(k.Field(name), text)
			if err != nil {
				c.t.Fatalf("%s.%s = %q: %v", kind, name, text, err)
			}
			r.Set(name, v)
		}
	}
	if org == c.home {
		return c.saveOwn(r)
	}
	if c.rows[org] == nil {
		c.rows[org] = map[string][]*model.Record{}
	}
	c.rows[org][kind] = append(c.rows[org][kind], r)
	return r.ID
}

// saveOwn saves a record of the ledger's own organisation, which may name those of
// the units.
func (c *counted) saveOwn(r *model.Record) string {
	c.t.Helper()
	c.settle()
	deleted := r.DeletedAt != ""
	r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.Rev, r.DeletedAt = "", "", "", "", 0, ""
	saved, err := c.l.Save(context.Background(), model.AsRecorded, r)
	storetest.Must(c.t, err)
	id := saved.Records[0].ID
	if deleted {
		storetest.Must(c.t, c.l.Delete(context.Background(), r.Kind.Name, id))
	}
	return id
}

// member adds a member who joined long ago and stands in the list since the ledger
// began.
func (c *counted) member(org, id string, pairs ...string) string {
	c.t.Helper()
	person := c.add(org, "person", append([]string{"id", id, "name", id, "status", "正式党员", "birth_date", "1980-01-01",
		"joined_on", "2005-07-01", "confirmed_on", "2006-07-01"}, pairs...)...)
	c.add(org, "movement", "person", person, "kind", "期初在册", "happened_on", "2020-01-01")
	return person
}

// position adds an office held since 2021.
func (c *counted) position(org, person, body, post string, pairs ...string) string {
	c.t.Helper()
	return c.add(org, "position", append([]string{"person", person, "body", body, "post", post, "started_on", "2021-03-01"}, pairs...)...)
}

// set changes the county's settings.
func (c *counted) set(pairs ...string) {
	c.t.Helper()
	file, err := os.ReadFile(c.key)
	storetest.Must(c.t, err)
	key, err := bundle.ParseCountyKey(file, "")
	storetest.Must(c.t, err)
	_, err = county.Set(context.Background(), c.l, key, county.ProfilePath(c.l), pairs)
	storetest.Must(c.t, err)
}

// settle takes the units' records in, as the county does with a bundle.
func (c *counted) settle() {
	c.t.Helper()
	for _, org := range c.units {
		c.settleOne(org)
	}
}

// settleOne takes one unit's records in.
func (c *counted) settleOne(org string) {
	c.t.Helper()
	if c.rows[org] != nil {
		i := slices.Index(c.units, org)
		code := fmt.Sprintf("990101%03d", i+1)
		_, err := county.ReplaceOrganisation(context.Background(), c.l, county.Replacement{Records: c.rows[org],
			Key:    county.KnownKey{Code: code, PublicKey: "key of " + org, OrgID: org, Since: "2026-01-01T00:00:00Z", Sequence: 1, Hash: "1"},
			Intake: county.IntakeLine{File: org, FileHash: org, Code: code, Month: "2026-10", Sequence: 1, Hash: "1", Verdict: "已收"}}, nil)
		storetest.Must(c.t, err)
	}
}

// count computes one indicator over a period.
func (c *counted) count(i *count.Indicator, from, to model.Date) map[string]int64 {
	c.t.Helper()
	c.settle()
	s, err := count.Summarize(context.Background(), c.l, count.SummaryQuery{OnFile: true, Period: count.Period{From: from, To: to}, Indicators: []*count.Indicator{i}})
	storetest.Must(c.t, err)
	got := map[string]int64{}
	for figure, parts := range s.Groups[0].Values[i.Code] {
		for part, n := range parts {
			if n != 0 {
				got[strings.TrimSuffix(figure+" "+part, " ")] = n
			}
		}
	}
	return got
}

// want compares an indicator's figures, "key" or "key part", with those counted by
// hand; what is 0 is left out.
func (c *counted) want(code string, from, to model.Date, want map[string]int64) {
	c.t.Helper()
	at := slices.IndexFunc(everyIndicator(), func(i *count.Indicator) bool { return i.Code == code })
	if at < 0 {
		c.t.Fatalf("no indicator %s", code)
	}
	if got := c.count(everyIndicator()[at], from, to); !maps.Equal(got, want) {
		c.t.Errorf("%s from %s to %s is\n%v, by hand\n%v", code, from, to, got, want)
	}
}

func everyIndicator() []*count.Indicator {
	return slices.Concat(count.Indicators(), figures.All())
}
