package count

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/model/party"
	"taizhang/model/party/membership"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// DuesKind is the kind of what a member paid for a month.
const DuesKind = "dues"

// DuesState is how one member stands in one month.
type DuesState int

// The states.
const (
	DuesNone    DuesState = iota // no member here at the month's end: before coming, after leaving
	DuesOnPaper                  // before the book of dues was kept
	DuesExempt                   // 免交
	DuesToPay                    // to be paid: of this month or one to come
	DuesArrears                  // not paid, and the month is over
	DuesPaid
)

// DuesCell is one member's month. Money is in fen.
type DuesCell struct {
	State     DuesState
	Owed      int64  // the standing amount; 0 where none is on file for the month
	Paid      int64  // of DuesPaid
	Elsewhere bool   // paid where a mobile member lives: no money of the branch's
	ID        string // of the dues record, "" where there is none
}

// Short tells of less paid than the standing amount.
func (c DuesCell) Short() bool { return c.State == DuesPaid && c.Paid < c.Owed }

// Missing gives what is owed of a month that is over.
func (c DuesCell) Missing(today model.Month, month model.Month) int64 {
	switch {
	case c.State == DuesArrears:
		return c.Owed
	case c.Short() && month < today:
		return c.Owed - c.Paid
	}
	return 0
}

// DuesRow is one member's year.
type DuesRow struct {
	Person *model.Record
	Months [12]DuesCell
	entry  *model.Record
}

// Refused says why nothing is paid here for a month, "" when it may be.
func (r *DuesRow) Refused(month model.Month) string {
	return party.DuesRefused(r.Person, r.entry, month)
}

// Sum gives what was paid here for the year, in fen.
func (r *DuesRow) Sum() int64 {
	n := int64(0)
	for _, c := range r.Months {
		if c.State == DuesPaid && !c.Elsewhere {
			n += c.Paid
		}
	}
	return n
}

// LastElsewhere tells of one who paid where he lives the last time up to a month.
func (r *DuesRow) LastElsewhere(month int) bool {
	for i := month; i >= 0; i-- {
		if r.Months[i].State == DuesPaid {
			return r.Months[i].Elsewhere
		}
	}
	return false
}

// DuesSheet is the year of the home organisation's dues: who owes what and paid what for
// each month, and the cash of it. Money is in fen.
type DuesSheet struct {
	Year  int
	Today model.Date
	Rows  []DuesRow // members of the year and who paid for it, by name
	// The cash: what was in hand when the year began, taken in in it and handed up in it,
	// by the days of paying, to its end. What was paid elsewhere is none of it.
	// Remittances before the first dues on file are of dues that stand in no ledger.
	Carried, Collected, Remitted int64
	// Other is what of Collected was for months of other years.
	Other int64
	// Collector is who collected the dues last written down, "" where nobody is named.
	Collector string
}

// InHand is what was collected and not handed up.
func (s *DuesSheet) InHand() int64 { return s.Carried + s.Collected - s.Remitted }

// Month gives the year's month, 0 for January.
func (s *DuesSheet) Month(i int) model.Month {
	return model.Month(fmt.Sprintf("%04d-%02d", s.Year, i+1))
}

// Dues reads a year of dues as the ledger stands at one moment.
func Dues(ctx context.Context, l *store.Ledger, year int) (*DuesSheet, error) {
	s := &DuesSheet{Year: year, Today: l.Source().Today()}
	home := l.Home()
	if home == nil {
		return s, nil
	}
	err := inside(l).Moment(ctx, func(at store.Snapshot) error {
		r := duesReading{sheet: s, q: at.Querier(), org: home.ID}
		return r.read(ctx, at.Env(ctx))
	})
	return s, err
}

// duesReading fills a sheet.
type duesReading struct {
	sheet *DuesSheet
	q     raw.Querier
	org   string
	paid  map[string]map[model.Month]DuesCell // by person
	began model.Month
}

func (r *duesReading) read(ctx context.Context, env *model.Env) error {
	if err := r.readPaid(ctx); err != nil {
		return err
	}
	if err := r.readCash(ctx); err != nil {
		return err
	}
	own := model.Where("org_id", model.Eq, r.org)
	persons, err := env.Look.Find(membership.PersonKind, own)
	if err != nil {
		return fmt.Errorf("dues: %w", err)
	}
	moves, err := env.Look.Find(membership.MovementKind, own)
	if err != nil {
		return fmt.Errorf("dues: %w", err)
	}
	if err := r.readBegan(ctx, env); err != nil {
		return err
	}
	for _, m := range membership.Memberships(persons, moves) {
		row := DuesRow{Person: m.Person, entry: lastEntry(m, r.sheet.Today)}
		if r.fill(&row, m.Stays) {
			r.sheet.Rows = append(r.sheet.Rows, row)
		}
	}
	keys := map[string]string{}
	for _, row := range r.sheet.Rows {
		keys[row.Person.ID] = model.SortKey(row.Person.Str("name")) + row.Person.ID
	}
	model.Sort(r.sheet.Rows, func(a, b DuesRow) int { return strings.Compare(keys[a.Person.ID], keys[b.Person.ID]) })
	return nil
}

// lastEntry gives the movement by which a member last came, as membership.Entry does.
func lastEntry(m membership.Membership, today model.Date) (last *model.Record) {
	for _, p := range m.Passages {
		if p.In && p.Day <= today && slices.Contains(membership.Entries, p.Move.Str("kind")) {
			last = p.Move
		}
	}
	return last
}

// readPaid reads what was paid for the months of the year.
func (r *duesReading) readPaid(ctx context.Context) (err error) {
	rows, err := r.q.Query(ctx, `SELECT id, person, month, amount, coalesce(method, '') = ? FROM dues
		WHERE org_id = ? AND deleted_at IS NULL AND month BETWEEN ? AND ? ORDER BY id`,
		party.DuesElsewhere, r.org, string(r.sheet.Month(0)), string(r.sheet.Month(11)))
	if err != nil {
		return fmt.Errorf("dues of a year: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	r.paid = map[string]map[model.Month]DuesCell{}
	for rows.Next() {
		var person, month string
		c := DuesCell{State: DuesPaid}
		if err := rows.Scan(&c.ID, &person, &month, &c.Paid, &c.Elsewhere); err != nil {
			return fmt.Errorf("dues of a year: %w", err)
		}
		if r.paid[person] == nil {
			r.paid[person] = map[model.Month]DuesCell{}
		}
		r.paid[person][model.Month(month)] = c
	}
	return rows.Err()
}

// readCash reads the cash, and who collected last.
func (r *duesReading) readCash(ctx context.Context) error {
	first, last := string(r.sheet.Month(0).First()), string(r.sheet.Month(11).Last())
	err := r.one(ctx, []any{&r.sheet.Carried, &r.sheet.Collected, &r.sheet.Remitted, &r.sheet.Other}, `
WITH d AS (SELECT paid_on, month, amount FROM dues WHERE org_id = :org AND deleted_at IS NULL AND coalesce(method, '') <> :elsewhere),
u AS (SELECT paid_on, amount FROM remittance WHERE org_id = :org AND deleted_at IS NULL AND paid_on >= (SELECT min(paid_on) FROM d))
SELECT coalesce((SELECT sum(amount) FROM d WHERE paid_on < :first), 0) - coalesce((SELECT sum(amount) FROM u WHERE paid_on < :first), 0),
	coalesce((SELECT sum(amount) FROM d WHERE paid_on BETWEEN :first AND :last), 0),
	coalesce((SELECT sum(amount) FROM u WHERE paid_on BETWEEN :first AND :last), 0),
	coalesce((SELECT sum(amount) FROM d WHERE paid_on BETWEEN :first AND :last AND month NOT BETWEEN substr(:first, 1, 7) AND substr(:last, 1, 7)), 0)`,
		sql.Named("org", r.org), sql.Named("elsewhere", party.DuesElsewhere), sql.Named("first", first), sql.Named("last", last))
	if err != nil {
		return fmt.Errorf("cash of dues: %w", err)
	}
	err = r.one(ctx, []any{&r.sheet.Collector}, `SELECT p.id FROM dues d JOIN person p ON p.id = d.collector AND p.deleted_at IS NULL
		WHERE d.org_id = ? AND d.deleted_at IS NULL ORDER BY d.rowid DESC LIMIT 1`, r.org)
	if err != nil {
		return fmt.Errorf("collector of dues: %w", err)
	}
	return nil
}

// readBegan finds the month from which the dues are kept here.
func (r *duesReading) readBegan(ctx context.Context, env *model.Env) error {
	oldest := sql.NullString{}
	if err := r.one(ctx, []any{&oldest}, "SELECT min(month) FROM dues WHERE org_id = ? AND deleted_at IS NULL", r.org); err != nil {
		return fmt.Errorf("first dues: %w", err)
	}
	opened, err := membership.KeptFrom(env)
	if err != nil {
		return fmt.Errorf("first dues: %w", err)
	}
	r.began = party.DuesKeptFrom(opened, model.Month(oldest.String))
	return nil
}

// one scans the first row of an answer, where there is one.
func (r *duesReading) one(ctx context.Context, into []any, text string, args ...any) (err error) {
	rows, err := r.q.Query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if rows.Next() {
		return rows.Scan(into...)
	}
	return rows.Err()
}

// fill gives a person's year, and false for one who has nothing to do with it.
func (r *duesReading) fill(row *DuesRow, stays []membership.Stay) bool {
	of := false
	for i := range row.Months {
		month := r.sheet.Month(i)
		c := r.cell(row, stays, month)
		row.Months[i] = c
		// A year to come is for those who are members now.
		of = of || c.State != DuesNone && (c.State != DuesOnPaper || membership.IsMember(row.Person))
	}
	return of
}

func (r *duesReading) cell(row *DuesRow, stays []membership.Stay, month model.Month) DuesCell {
	p, now := row.Person, r.sheet.Today.Month()
	owed := party.StandingDues(p, month)
	if c, ok := r.paid[p.ID][month]; ok {
		c.Owed = owed
		return c
	}
	c := DuesCell{Owed: owed}
	switch {
	case !r.member(stays, row, month):
		c.State = DuesNone
	case p.Is("dues_basis", party.DuesExempt):
		c.State = DuesExempt
	case month < r.began || r.began == "" && month < now:
		c.State = DuesOnPaper
	case month < now:
		c.State = DuesArrears
	default:
		c.State = DuesToPay
	}
	return c
}

// member tells whether a person is a member here at a month's end, in a month that is
// not over now. Of one who was here when the book began it is not known since when:
// then from joining on.
func (r *duesReading) member(stays []membership.Stay, row *DuesRow, month model.Month) bool {
	if !membership.IsOrWasMember(row.Person) || month < party.DuesFrom(row.Person, row.entry) {
		return false
	}
	day := min(month.Last(), r.sheet.Today)
	for i, s := range stays {
		if i == 0 && day < s.From && row.entry == nil {
			return true
		}
		if s.From <= day && (s.Until == "" || s.Until > day) {
			return true
		}
	}
	return false
}

// DuesMonths gives for each person the number of months, of those from the first to the
// last, for which dues were paid by a day, and for each organisation the newest month for
// which it has dues of anybody.
func DuesMonths(ctx context.Context, l *store.Ledger, first, last model.Month, by model.Date) (months map[string]int, newest map[string]model.Month, err error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT person, org_id, count(DISTINCT month), max(month) FROM dues
		WHERE deleted_at IS NULL AND person IS NOT NULL AND month BETWEEN ? AND ? AND paid_on <= ? GROUP BY person, org_id`, string(first), string(last), string(by))
	if err != nil {
		return nil, nil, inside(l).Explain(fmt.Errorf("months of dues: %w", err))
	}
	defer rows.Close()
	months, newest = map[string]int{}, map[string]model.Month{}
	for rows.Next() {
		var person, org string
		var n int
		var month model.Month
		if err := rows.Scan(&person, &org, &n, &month); err != nil {
			return nil, nil, fmt.Errorf("months of dues: %w", err)
		}
		months[person] += n
		newest[org] = max(newest[org], month)
	}
	return months, newest, inside(l).Explain(rows.Err())
}
