package count

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"taizhang/store"
	"taizhang/store/internal/raw"
)

// A county adds up some hundred organisations of which few change from one look at the
// summary to the next. What the indicators' statements give for one organisation and
// period is kept in the table tally; a summary adds these up and counts only for the
// organisations of which none is kept. The table is no record of anything: a tally goes
// in the transaction that writes to a row of its organisation, one made by other
// statements or limits is not used, and all of them may be deleted at any time.
//
// Adding up gives what one count over all gives, as long as no record refers to one of
// another organisation. The county's own may: an indicator over such records is counted
// over all (crossing).

// tallyForm is raised when counting gives something else without a change in any
// statement: then tallies kept by an earlier program are not used.
const tallyForm = 3

// The most organisations of which no tally is kept that one connection counts; for more
// there is one for each core. A test makes it less.
var fewUntallied = 20

// The periods of which tallies are kept, those that were last counted.
const talliedPeriods = 6

// tallyLine is a subtotal as it is kept.
type tallyLine struct {
	Figure string `json:"f"` // CODE.figure
	Part   string `json:"p,omitempty"`
	Who    string `json:"w,omitempty"`
	Rows   int64  `json:"n"`
	Sum    int64  `json:"s"`
}

// tallies are the subtotals of organisations, by their ids.
type tallies map[string][]tallyLine

func (t tallies) add(code string, s subtotal) {
	t[s.org] = append(t[s.org], tallyLine{code + "." + s.figure, s.part, s.who, s.rows, s.sum})
}

// figureOf is an indicator with one of its figures.
type figureOf struct {
	indicator *Indicator
	figure    *Figure
}

func figuresByName(indicators []*Indicator) map[string]figureOf {
	all := map[string]figureOf{}
	for _, i := range indicators {
		for n := range i.Figures {
			all[i.Code+"."+i.Figures[n].Key] = figureOf{i, &i.Figures[n]}
		}
	}
	return all
}

// name tells the periods of tallies apart.
func (p Period) name() string { return string(p.From) + "/" + string(p.To) + "/" + string(p.Month) }

// basis tells by what the tallies of a period are counted: the statements, the figures,
// the base sets and the limits in force.
func (c *counting) basis() string {
	text := fmt.Appendln(nil, tallyForm, c.county, c.limits(), baseTables, memberCourses, positionSets, openPositions, brought)
	for _, i := range Indicators() {
		text = fmt.Appendln(text, i.Code, i.SQL)
		for _, f := range i.Figures {
			text = fmt.Appendln(text, f.Key, f.Count, f.Split)
		}
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:16])
}

// talliable tells whether tallies hold what a query asks for.
func talliable(q SummaryQuery) bool {
	kept := Indicators()
	return q.Org == "" && !slices.ContainsFunc(q.Indicators, func(i *Indicator) bool { return !slices.Contains(kept, i) })
}

// readTallies reads what is kept of a period by this basis, but for the ledger's own
// organisation.
func (c *counting) readTallies(ctx context.Context, basis string) (tallies, error) {
	rows, err := c.on.Query(ctx, "SELECT org_id, content FROM tally WHERE period = ? AND basis = ? AND org_id <> ?", c.period.name(), basis, c.l.Home().ID)
	if err != nil {
		return nil, fmt.Errorf("tallies: %w", err)
	}
	defer rows.Close()
	all := tallies{}
	for rows.Next() {
		var org string
		var content []byte
		if err := rows.Scan(&org, &content); err != nil {
			return nil, fmt.Errorf("tallies: %w", err)
		}
		lines := []tallyLine{}
		if err := json.Unmarshal(content, &lines); err != nil {
			return nil, fmt.Errorf("tally of %s: %w", org, err)
		}
		all[org] = lines
	}
	return all, rows.Err()
}

// putTallies keeps tallies of a period. Organisations without any row get an empty one.
func putTallies(ctx context.Context, t *store.Tx, p Period, basis string, all tallies) error {
	for _, org := range slices.Sorted(maps.Keys(all)) {
		lines := all[org]
		if lines == nil {
			lines = []tallyLine{}
		}
		content, err := json.Marshal(lines)
		if err == nil {
			err = t.Exec(ctx, "INSERT OR REPLACE INTO tally (period, org_id, basis, at, content) VALUES (?, ?, ?, ?, ?)", p.name(), org, basis, t.Stamp(), string(content))
		}
		if err != nil {
			return fmt.Errorf("tally of %s: %w", org, err)
		}
	}
	return nil
}

// keepTallies writes down what a summary has counted, unless something was written
// since. A ledger that is only read keeps nothing.
func keepTallies(ctx context.Context, l *store.Ledger, p Period, at moment, basis string, counted tallies) error {
	if l.ReadOnly() || len(counted) == 0 {
		return nil
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		now, err := readMoment(ctx, t.Session())
		if err != nil || now != at {
			return err
		}
		if err := putTallies(ctx, t, p, basis, counted); err != nil {
			return err
		}
		// The one just counted stays, whatever the clock says of the others.
		err = t.Exec(ctx, `DELETE FROM tally WHERE period NOT IN (SELECT period FROM tally GROUP BY period ORDER BY period = ? DESC, max(at) DESC, period DESC LIMIT ?)`,
			p.name(), talliedPeriods)
		if err != nil {
			return fmt.Errorf("tallies: %w", err)
		}
		return nil
	})
}

// Forget drops the tallies of the organisations whose rows were written, and the digests
// by which a county knows which rows their next bundle changes.
func Forget(ctx context.Context, t *store.Tx, orgs []string) error {
	for _, org := range orgs {
		if err := t.Exec(ctx, "DELETE FROM tally WHERE org_id = ?", org); err != nil {
			return fmt.Errorf("tallies: %w", err)
		}
		if err := t.Exec(ctx, "DELETE FROM received_rows WHERE org_id = ?", org); err != nil {
			return fmt.Errorf("digests: %w", err)
		}
	}
	return nil
}

// parted tells the indicators that one organisation after the other may count from those
// that are counted over all.
func (c *counting) parted(ctx context.Context, indicators []*Indicator) (apart, whole []*Indicator, err error) {
	crossed, err := c.crossing(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, i := range indicators {
		if uses(i, crossed) {
			whole = append(whole, i)
		} else {
			apart = append(apart, i)
		}
	}
	return apart, whole, nil
}

// crossing gives the kinds of which a record of the ledger's own organisation refers to
// one of another.
func (c *counting) crossing(ctx context.Context) (map[string]bool, error) {
	crossed := map[string]bool{}
	for _, k := range c.l.Kinds().Kinds() {
		var asks []string
		for _, f := range k.Fields() {
			if f.Target == "" || c.lacks(f.Target) {
				continue
			}
			from, column := "", "k."+raw.Quote(f.Name)
			if f.Linked() {
				from, column = " JOIN "+raw.Quote(raw.LinkTable(k, f))+" x ON x.record_id = k.id", "x.target_id"
			}
			asks = append(asks, "EXISTS (SELECT 1 FROM main."+raw.Quote(k.Name)+" k"+from+" JOIN main."+raw.Quote(f.Target)+" t ON t.id = "+column+
				" WHERE k.org_id = :home AND t.org_id <> :home)")
		}
		if len(asks) == 0 {
			continue
		}
		home := c.l.Home().ID
		n, err := raw.Number(ctx, c.on, "SELECT "+strings.ReplaceAll(strings.Join(asks, " OR "), ":home", "?1"), home)
		if err != nil {
			return nil, fmt.Errorf("references of %s: %w", k.Name, err)
		}
		if n != 0 {
			crossed[k.Name] = true
		}
	}
	return crossed, nil
}

// uses tells whether a statement is over records of one of these kinds, by itself or by
// the base sets that it names.
func uses(i *Indicator, kinds map[string]bool) bool {
	if len(kinds) == 0 {
		return false
	}
	for word := range words(i.SQL) {
		switch word {
		case "stay", "passage", "gap", "member", "elsewhere":
			if kinds[personKind] || kinds[movementKind] {
				return true
			}
		case "position_at", "committee", "cadre", "secretary":
			if kinds[personKind] || kinds[positionKind] {
				return true
			}
		}
		if kinds[word] {
			return true
		}
	}
	return false
}
