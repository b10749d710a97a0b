package count

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// counting counts on one connection for one period.
//
// Beside the kinds' tables, statements may use these sets:
//
//	stay(person_id, org_id, from_day, until_day)  when a person was a member: at the end
//	    of the days from from_day to before until_day, NULL for still
//	passage(person_id, org_id, move_id, kind, whole, day, enters, next_day)  the movements
//	    by which a membership began (enters 1) or ended; next_day is the next one's
//	member(person_id, org_id, status, away)  at the day; status 正式党员 or 预备党员, away 1
//	    of one who lived elsewhere (流动) then
//	gap(span, person_id, org_id, n)  span year or month: who was a member at the day, or has
//	    to be passed on, without having come by a movement (n 1), or the other way round (-1)
//	position_at  every position open at the day, of persons not deleted: its columns
//	committee(person_id, org_id), cadre(person_id, org_id)  distinct
//	secretary(person_id, org_id, position_id)  one for each position
//	waiting(person_id, org_id)  the members of a unit that is no more who stand nowhere else
//	elsewhere(person_id, org_id, from_day, until_day)  when a person stood in another
//	    organisation before a transfer in: on the days from from_day to before until_day
//	limits(name, value, per)  the limits in force on the day
//
// Link tables are not narrowed: a statement joins them with their record.
type counting struct {
	l      *store.Ledger
	on     *raw.Session
	period Period
	only   string // the condition that rows in scope meet, "" for all rows
	org    string // :org, of which only may speak
	county bool   // of the kinds marked ◆ only 本级主办 counts

	gone    ended              // the organisations that are no more at the day
	arrived map[string]arrival // their members who stand elsewhere, by the person's id
	onFile  bool               // as SummaryQuery.OnFile
}

// baseTables are the sets that are filled once. A stay of the day has status and away, which
// others lack: it is a member.
var baseTables = []string{
	`base_stay (person_id TEXT NOT NULL, org_id TEXT NOT NULL, from_day TEXT NOT NULL, until_day TEXT, status TEXT, away INTEGER, PRIMARY KEY (person_id, from_day)) WITHOUT ROWID`,
	`base_passage (person_id TEXT NOT NULL, org_id TEXT NOT NULL, move_id TEXT NOT NULL, kind TEXT, whole INTEGER, day TEXT NOT NULL, enters INTEGER, next_day TEXT, PRIMARY KEY (person_id, move_id)) WITHOUT ROWID`,
	`base_gap (span TEXT NOT NULL, person_id TEXT NOT NULL, org_id TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (person_id, span)) WITHOUT ROWID`,
	`base_waiting (person_id TEXT NOT NULL, org_id TEXT NOT NULL, PRIMARY KEY (person_id)) WITHOUT ROWID`,
	`base_elsewhere (person_id TEXT NOT NULL, org_id TEXT NOT NULL, from_day TEXT NOT NULL, until_day TEXT NOT NULL, PRIMARY KEY (person_id, from_day)) WITHOUT ROWID`,
	`base_retired (org_id TEXT NOT NULL PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID`,
	`base_committee (person_id TEXT NOT NULL, org_id TEXT NOT NULL, PRIMARY KEY (person_id, org_id)) WITHOUT ROWID`,
	`base_cadre (person_id TEXT NOT NULL, org_id TEXT NOT NULL, PRIMARY KEY (person_id, org_id)) WITHOUT ROWID`,
	`base_limits (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL, per INTEGER NOT NULL) WITHOUT ROWID`,
	`base_secretary (person_id TEXT NOT NULL, org_id TEXT NOT NULL, position_id TEXT NOT NULL, PRIMARY KEY (person_id, position_id)) WITHOUT ROWID`,
}

const (
	personKind   = membership.PersonKind
	movementKind = membership.MovementKind
	positionKind = "position"
	keptAsField  = "kept_as"
)

// openPositions are what position_at stands for.
const openPositions = `SELECT * FROM "position" WHERE started_on <= :to AND (ended_on IS NULL OR ended_on > :to)
	AND EXISTS (SELECT 1 FROM main.person p WHERE p.id = "position".person AND p.deleted_at IS NULL)
	AND "position".org_id NOT IN (SELECT org_id FROM temp.base_retired)`

// fillBase fills the base sets that these indicators' statements use; the others are
// empty.
func (c *counting) fillBase(ctx context.Context, indicators []*Indicator) error {
	for _, t := range baseTables {
		name, _, _ := strings.Cut(t, " ")
		if err := c.on.Exec(ctx, "CREATE TEMP TABLE IF NOT EXISTS "+t); err != nil {
			return fmt.Errorf("base set: %w", err)
		}
		if err := c.on.Exec(ctx, "DELETE FROM temp."+name); err != nil {
			return fmt.Errorf("base set: %w", err)
		}
	}
	// As a list within the statements each of its hundred rows was read anew wherever one of
	// them asks for a limit.
	if err := c.on.Exec(ctx, "INSERT INTO temp.base_limits VALUES "+c.limits()); err != nil {
		return fmt.Errorf("base set: %w", err)
	}
	if err := c.fillEnded(ctx); err != nil {
		return err
	}
	if c.lacks(personKind) || c.lacks(movementKind) || c.lacks(positionKind) {
		return nil // a catalog of its own, as tests have
	}
	named := map[string]bool{}
	for _, i := range indicators {
		maps.Copy(named, words(i.SQL))
	}
	if slices.ContainsFunc(byMemberships, func(name string) bool { return named[name] }) {
		if err := c.fillMembers(ctx); err != nil {
			return err
		}
	}
	if !named["committee"] && !named["cadre"] && !named["secretary"] {
		return nil
	}
	for _, fill := range positionSets {
		if err := c.on.Exec(ctx, c.with(fill)+fill, c.args()...); err != nil {
			return fmt.Errorf("base set: %w", err)
		}
	}
	return nil
}

// positionSets fill in who holds which office.
var positionSets = []string{
	`INSERT INTO temp.base_committee SELECT DISTINCT person, org_id FROM position_at WHERE body IN ('党组织', '村民委员会', '居民委员会', '乡镇领导班子')`,
	`INSERT INTO temp.base_cadre SELECT DISTINCT person, org_id FROM position_at`,
	`INSERT INTO temp.base_secretary SELECT person, org_id, id FROM position_at WHERE body = '党组织' AND post = '书记'`,
}

// dropBase lets go of the base sets, which hold what a large ledger does once more.
func (c *counting) dropBase(ctx context.Context) error {
	for _, t := range baseTables {
		name, _, _ := strings.Cut(t, " ")
		if _, err := c.on.Conn.ExecContext(ctx, "DROP TABLE IF EXISTS temp."+name); err != nil {
			return fmt.Errorf("base set: %w", err)
		}
	}
	return nil
}

func (c *counting) lacks(kind string) bool { return c.l.Kinds().Kind(kind) == nil }

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// insertAtOnce are how many rows one statement writes: as many of the first as there are,
// then of the next.
var insertAtOnce = []int{64, 8, 1}

// insert writes rows of so many values each, one after the other: several in one statement
// are many times faster than one by one.
func (c *counting) insert(ctx context.Context, table string, width int, values []any) error {
	row := ", (?" + strings.Repeat(", ?", width-1) + ")"
	for _, n := range insertAtOnce {
		text := "INSERT INTO temp." + table + " VALUES " + strings.Repeat(row, n)[2:]
		for len(values) >= n*width {
			if err := c.on.Exec(ctx, text, values[:n*width]...); err != nil {
				return fmt.Errorf("base set %s: %w", table, err)
			}
			values = values[n*width:]
		}
	}
	return nil
}

// scope gives the rows of a kind that count, to stand after FROM.
func (c *counting) scope(k *model.Kind) string {
	text := "main." + raw.Quote(k.Name) + " WHERE deleted_at IS NULL"
	if c.only != "" {
		text += " AND " + c.only
	}
	if c.county && k.Field(keptAsField) != nil {
		text += " AND " + keptAsField + " = '" + party.KeptHere + "'"
	}
	return text
}

var identifiers = model.NewPattern(`[a-z_]+`)

// wordsOf keeps the words of statements: they are few and come again and again.
var wordsOf sync.Map

// words gives the identifiers in a statement. The caller may not change them.
func words(statement string) map[string]bool {
	if known, ok := wordsOf.Load(statement); ok {
		return known.(map[string]bool)
	}
	all := map[string]bool{}
	for _, word := range identifiers.FindAllString(statement, -1) {
		all[word] = true
	}
	wordsOf.Store(statement, all)
	return all
}

// with gives the WITH clause of a statement: what it names, in scope.
func (c *counting) with(statement string) string {
	named := maps.Clone(words(statement))
	if named["position_at"] {
		maps.Copy(named, words(openPositions))
	}
	var sets []string
	for _, k := range c.l.Kinds().Kinds() {
		if named[k.Name] {
			sets = append(sets, raw.Quote(k.Name)+" AS NOT MATERIALIZED (SELECT "+columns(k, named)+" FROM "+c.scope(k)+brought[k.Name]+")")
		}
	}
	if named["member"] {
		sets = append(sets, "member AS NOT MATERIALIZED (SELECT person_id, org_id, status, away FROM temp.base_stay WHERE status IS NOT NULL)")
	}
	for _, name := range []string{"stay", "passage", "gap", "waiting", "elsewhere", "committee", "cadre", "secretary"} {
		if named[name] {
			sets = append(sets, name+" AS NOT MATERIALIZED (SELECT * FROM temp.base_"+name+")")
		}
	}
	if named["position_at"] {
		sets = append(sets, "position_at AS NOT MATERIALIZED ("+openPositions+")")
	}
	if named["limits"] {
		sets = append(sets, "limits AS NOT MATERIALIZED (SELECT name, value, per FROM temp.base_limits)")
	}
	if len(sets) == 0 {
		return ""
	}
	return "WITH " + strings.Join(sets, ",\n") + "\n"
}

// columns gives the columns of a kind that a statement names. Each column of each set in it
// is read anew wherever the set stands: with all of them, preparing the statements of a
// village's goals took longer than running them.
func columns(k *model.Kind, named map[string]bool) string {
	all := []string{"id", "org_id"}
	for _, name := range []string{"created_at", "updated_at", "rev"} {
		if named[name] {
			all = append(all, name)
		}
	}
	for _, f := range k.Fields() {
		if !f.Linked() && (named[f.Name] || identifiers.FindString(f.Name) != f.Name) {
			all = append(all, raw.Quote(f.Name))
		}
	}
	return strings.Join(all, ", ")
}

// limits gives the limits in force on the day as rows of SQL; their names are the
// program's own.
func (c *counting) limits() string {
	packs := inside(c.l).Packs()
	var rows []string
	seen := map[string]bool{}
	for _, p := range packs.All() {
		for _, limit := range p.Limits {
			if seen[limit.Name] {
				continue
			}
			seen[limit.Name] = true
			now := packs.Limit(limit.Name, c.period.To)
			rows = append(rows, fmt.Sprintf("('%s', %d, %d)", now.Name, now.Value, max(now.Per, 1)))
		}
	}
	return strings.Join(rows, ", ")
}

// args are the parameters of every statement.
func (c *counting) args() []any {
	p := c.period
	return []any{
		sql.Named("from", string(p.From)), sql.Named("to", string(p.To)), sql.Named("month", string(p.Month)),
		sql.Named("month_from", string(p.From.Month())), sql.Named("month_to", string(p.To.Month())), sql.Named("org", c.org),
	}
}

// inside opens a ledger to this package.
func inside(l *store.Ledger) store.Inside { return l.Inside(raw.Pass{}) }
