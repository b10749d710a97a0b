package count

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/raw"
)

// Seal is a month that the county has closed (封账): what its summary was then.
type Seal struct {
	Month   model.Month
	At      string          // YYYY-MM-DDThh:mm:ssZ
	By      string          // who closed it
	Number  int             // 1, and more for a month that was closed again
	Reason  string          // why it was closed again, "" for the first time
	Intake  int64           // the last line of the county's register of bundles by then; -1 where that was not noted
	Content json.RawMessage // the summary; who closes it alone knows its form
}

// Closed shows when it was closed by the clock on the wall: YYYY-MM-DD hh:mm.
func (s *Seal) Closed() string {
	t, err := time.Parse("2006-01-02T15:04:05Z", s.At)
	if err != nil {
		return s.At
	}
	return t.Local().Format("2006-01-02 15:04")
}

// SealOf gives the seal of a month, nil while it is open.
func SealOf(ctx context.Context, l *store.Ledger, month model.Month) (*Seal, error) {
	s, err := readSeal(ctx, inside(l).Readers(), month)
	return s, inside(l).Explain(err)
}

// SealedMonths gives the months that are closed, the newest first.
func SealedMonths(ctx context.Context, l *store.Ledger) ([]model.Month, error) {
	texts, err := raw.Texts(ctx, inside(l).Readers(), "SELECT month FROM month_seal ORDER BY month DESC")
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("closed months: %w", err))
	}
	all := make([]model.Month, len(texts))
	for i, t := range texts {
		all[i] = model.Month(t)
	}
	return all, nil
}

// SealOfNumber gives one of the closings of a month by its number. *model.Error E-CLOSING
// where there is none.
func SealOfNumber(ctx context.Context, l *store.Ledger, month model.Month, number int) (*Seal, error) {
	all, err := Seals(ctx, l, month)
	if err != nil {
		return nil, err
	}
	for _, s := range all {
		if s.Number == number {
			return s, nil
		}
	}
	return nil, model.Errorf("E-CLOSING", "%s没有第%d次封账;用 taizhang county closings --month %s 看封过几次", month.Chinese(), number, month)
}

// Seals gives all closings of a month, the first first.
func Seals(ctx context.Context, l *store.Ledger, month model.Month) ([]*Seal, error) {
	all, err := readSeals(ctx, inside(l).Readers(), "SELECT "+sealColumns+" FROM month_seal_past WHERE month = ?1 UNION ALL SELECT "+sealColumns+" FROM month_seal WHERE month = ?1 ORDER BY number", month)
	return all, inside(l).Explain(err)
}

// SealHeads gives of every closed month how it was closed last, without its content, the
// newest month first.
func SealHeads(ctx context.Context, l *store.Ledger) ([]*Seal, error) {
	all, err := readSeals(ctx, inside(l).Readers(), "SELECT month, sealed_at, sealed_by, number, reason, coalesce(intake, -1), '' FROM month_seal WHERE ?1 = '' ORDER BY month DESC", "")
	return all, inside(l).Explain(err)
}

// Again says that a closed month is closed once more.
type Again struct {
	After  int    // the number of the closing that it replaces
	Reason string // why
}

// SealMonth closes a month. content gets the moment and who closes it, and
// gives what is kept; also is done in the same transaction. *model.Error E-SEALED for a month that is closed: it says when
// it was, and nothing changes.
func SealMonth(ctx context.Context, l *store.Ledger, month model.Month, content func(at, by string) ([]byte, error), also ...func(context.Context, *store.Tx) error) error {
	return sealMonth(ctx, l, month, nil, content, also...)
}

// sealMonth does so; with again the closing that stands is kept beside the new one, which
// gets the next number. *model.Error E-SEALED too where another closing stands than again
// says, E-SEAL-OPEN with it for a month that is open.
func sealMonth(ctx context.Context, l *store.Ledger, month model.Month, again *Again, content func(at, by string) ([]byte, error), also ...func(context.Context, *store.Tx) error) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		have, err := readSeal(ctx, t, month)
		if err != nil {
			return err
		}
		number, reason := 1, ""
		switch {
		case have == nil && again != nil:
			return ErrOpen(month)
		case have != nil && (again == nil || again.After != have.Number):
			return ErrSealed(have)
		case have != nil:
			number, reason = have.Number+1, again.Reason
			err = t.Exec(ctx, `INSERT INTO month_seal_past (month, number, sealed_at, sealed_by, reason, intake, content)
				SELECT month, number, sealed_at, sealed_by, reason, intake, content FROM month_seal WHERE month = ?`, string(month))
		}
		var data []byte
		if err == nil {
			data, err = content(t.Stamp(), inside(l).By())
		}
		if err == nil {
			err = t.Exec(ctx, `INSERT OR REPLACE INTO month_seal (month, sealed_at, sealed_by, content, number, reason, intake)
				VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(seq), 0) FROM intake))`, string(month), t.Stamp(), inside(l).By(), string(data), number, reason)
		}
		if err != nil {
			return fmt.Errorf("close %s: %w", month, err)
		}
		for _, do := range also {
			if err := do(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

// ErrSealed says that a month is closed, when and by whom.
func ErrSealed(s *Seal) *model.Error {
	return model.Errorf("E-SEALED", "%s已在%s由%s封账,汇总不再变动;有迟报、更正要算进去的,请写明原因更正封账", s.Month.Chinese(), s.Closed(), model.Clean(s.By, false))
}

// ErrOpen says that a month is not closed, so that nothing of it can be put right.
func ErrOpen(month model.Month) *model.Error {
	return model.Errorf("E-SEAL-OPEN", "%s还没有封账,没有可以更正的;请先封账", month.Chinese())
}

// sealColumns are those of month_seal and month_seal_past that readSeals reads.
const sealColumns = "month, sealed_at, sealed_by, number, reason, coalesce(intake, -1) AS intake, content"

func readSeal(ctx context.Context, q raw.Querier, month model.Month) (*Seal, error) {
	all, err := readSeals(ctx, q, "SELECT "+sealColumns+" FROM month_seal WHERE month = ?1", month)
	if len(all) == 0 || err != nil {
		return nil, err
	}
	return all[0], nil
}

func readSeals(ctx context.Context, q raw.Querier, text string, month model.Month) ([]*Seal, error) {
	rows, err := q.Query(ctx, text, string(month))
	if err != nil {
		return nil, fmt.Errorf("closed month %s: %w", month, err)
	}
	defer rows.Close()
	var all []*Seal
	for rows.Next() {
		var s Seal
		var content string
		if err := rows.Scan(&s.Month, &s.At, &s.By, &s.Number, &s.Reason, &s.Intake, &content); err != nil {
			return nil, fmt.Errorf("closed month %s: %w", month, err)
		}
		s.Content = json.RawMessage(content)
		all = append(all, &s)
	}
	return all, rows.Err()
}

// sealed is what is kept of a closed month: all that any form of its summary is
// drawn from. JSON of Go maps is ordered by key, so the same figures are the same
// bytes.
type sealed struct {
	Format       int                 `json:"format"` // 1
	Organisation string              `json:"organization"`
	Period       Period              `json:"period"`
	Returns      *Returns            `json:"returns"`
	Indicators   []Line              `json:"indicators"`
	Splits       map[string][]Column `json:"splits"` // by the words of --by, "" for none
	Upward       *Upward             `json:"upward,omitempty"`
	// Reported and Said are as in Report; of a month that was counted they are not kept.
	Reported bool     `json:"reported,omitempty"`
	Said     []string `json:"said,omitempty"`
}

// Frozen is the summary of a closed month in every split, as it was closed.
type Frozen = sealed

// Open gives what was kept. *model.Error E-SEAL-FORMAT for what a newer program closed.
func (s *Seal) Open() (*Frozen, error) {
	content := &sealed{}
	if err := json.Unmarshal(s.Content, content); err != nil {
		return nil, fmt.Errorf("closed month %s: %w", s.Month, err)
	}
	if content.Format != sealFormat {
		return nil, model.Errorf("E-SEAL-FORMAT", "%s的封账是更新的程序写的,本程序读不了;请更新程序", s.Month.Chinese())
	}
	return content, nil
}

const sealFormat = 1

// Splits are the ways to split a summary, "" for none.
var Splits = []string{"", ByTownship, ByDomain, ByOrganisation}

// SealReport closes a month: its summary in every split and who has reported are kept and
// do not change any more. *model.Error E-SEALED for a month that is closed, E-MONTH for one
// to come. The month is a.Month.
func SealReport(ctx context.Context, l *store.Ledger, a Ask) (*Report, error) {
	return sealReport(ctx, l, a, nil)
}

// SealAgain closes a closed month once more, from what stands now; what its closing before
// has kept stays (Seals). *model.Error as
// SealMonth, E-SEALED where another closing stands than again says, E-SEAL-OPEN for a month
// that is open.
func SealAgain(ctx context.Context, l *store.Ledger, a Ask, again Again) (*Report, error) {
	return sealReport(ctx, l, a, &again)
}

func sealReport(ctx context.Context, l *store.Ledger, a Ask, again *Again) (*Report, error) {
	content, err := Freeze(ctx, l, a)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("close %s: %w", a.Month, err)
	}
	keep := func(ctx context.Context, t *store.Tx) error {
		if err := noteHomeClosed(ctx, t, a.Month); err != nil {
			return err
		}
		return keepWho(ctx, t, a.Month, "")
	}
	if err := sealMonth(ctx, l, a.Month, again, func(string, string) ([]byte, error) { return data, nil }, keep); err != nil {
		return nil, err
	}
	return ReadReport(ctx, l, a)
}

// Freeze gives what would be kept of a month if it were closed now, also of one that is
// closed.
func Freeze(ctx context.Context, l *store.Ledger, a Ask) (*Frozen, error) {
	a.anew = true
	b, err := ReadReport(ctx, l, a)
	if err != nil {
		return nil, err
	}
	content := &sealed{Format: sealFormat, Organisation: b.Organisation, Period: b.Period, Returns: b.Returns, Indicators: b.Indicators,
		Splits: map[string][]Column{"": b.Columns}, Reported: b.Reported, Said: b.Said}
	if done, err := content.freezeReceived(ctx, l, a); done || err != nil {
		return content, err
	}
	for _, by := range Splits[1:] {
		q := b.Query()
		q.By, q.Indicators = by, Indicators()
		if content.Splits[by], err = columnsOf(ctx, l, q); err != nil {
			return nil, err
		}
	}
	if content.Upward, err = readUpward(ctx, l, b.Query(), b.Returns); err != nil {
		return nil, err
	}
	return content, nil
}

// unseal gives the summary of a closed month, with a township's name that of its units,
// which have these codes.
func unseal(s *Seal, a Ask, township string, codes map[string]bool) (*Report, error) {
	content, err := s.Open()
	if err != nil {
		return nil, err
	}
	if township != "" {
		if a.By == ByDomain {
			return nil, model.Errorf("E-SEALED", "%s已封账,封账时没有留下一个乡镇里各领域的数;请去掉 --by domain,或按单位分列", s.Month.Chinese())
		}
		if err := content.narrow(township, codes); err != nil {
			return nil, err
		}
	}
	b := &Report{Organisation: content.Organisation, Period: content.Period, By: a.By, Returns: content.Returns, Township: township,
		Indicators: content.Indicators, Columns: content.Splits[a.By],
		Sealed: &Stamp{At: s.At, By: model.Clean(s.By, false), Number: s.Number, Reason: model.Clean(s.Reason, false), Closed: s.Closed()}, Reported: content.Reported, Said: content.Said}
	if len(b.Columns) == 0 {
		return nil, model.Errorf("E-BY", "%s已封账,封账时没有留下这样分列的数;请换一种分法", s.Month.Chinese())
	}
	if a.Indicators != nil {
		b.Indicators = slices.DeleteFunc(b.Indicators, func(i Line) bool { return !slices.Contains(a.Indicators, i.Code) })
	}
	return b, nil
}
