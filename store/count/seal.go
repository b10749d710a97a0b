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

// SealMonth closes a month for good. content gets the moment and who closes it, and
// gives what is kept; also is done in the same transaction. *model.Error E-SEALED for a month that is closed: it says when
// it was, and nothing changes.
func SealMonth(ctx context.Context, l *store.Ledger, month model.Month, content func(at, by string) ([]byte, error), also ...func(context.Context, *store.Tx) error) error {
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		have, err := readSeal(ctx, t, month)
		if err != nil {
			return err
		}
		if have != nil {
			return ErrSealed(have)
		}
		data, err := content(t.Stamp(), inside(l).By())
		if err != nil {
			return err
		}
		err = t.Exec(ctx, "INSERT INTO month_seal (month, sealed_at, sealed_by, content) VALUES (?, ?, ?, ?)", string(month), t.Stamp(), inside(l).By(), string(data))
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
	return model.Errorf("E-SEALED", "%s已在%s由%s封账,不能再封一次;封账后的汇总不再变动", s.Month.Chinese(), s.Closed(), model.Clean(s.By, false))
}

func readSeal(ctx context.Context, q raw.Querier, month model.Month) (*Seal, error) {
	rows, err := q.Query(ctx, "SELECT sealed_at, sealed_by, content FROM month_seal WHERE month = ?", string(month))
	if err != nil {
		return nil, fmt.Errorf("closed month %s: %w", month, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	s := Seal{Month: month}
	var content string
	if err := rows.Scan(&s.At, &s.By, &content); err != nil {
		return nil, fmt.Errorf("closed month %s: %w", month, err)
	}
	s.Content = json.RawMessage(content)
	return &s, rows.Err()
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

// SealReport closes a month for good: its summary in every split and who has reported are
// kept and never change again. *model.Error E-SEALED for a month that is closed, E-MONTH
// for one to come. The month is a.Month.
func SealReport(ctx context.Context, l *store.Ledger, a Ask) (*Report, error) {
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
	if err := SealMonth(ctx, l, a.Month, func(string, string) ([]byte, error) { return data, nil }, keep); err != nil {
		return nil, err
	}
	return ReadReport(ctx, l, a)
}

// Freeze gives what would be kept of a month if it were closed now.
func Freeze(ctx context.Context, l *store.Ledger, a Ask) (*Frozen, error) {
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
		Sealed: &Stamp{At: s.At, By: model.Clean(s.By, false), Closed: s.Closed()}, Reported: content.Reported, Said: content.Said}
	if len(b.Columns) == 0 {
		return nil, model.Errorf("E-BY", "%s已封账,封账时没有留下这样分列的数;请换一种分法", s.Month.Chinese())
	}
	if a.Indicators != nil {
		b.Indicators = slices.DeleteFunc(b.Indicators, func(i Line) bool { return !slices.Contains(a.Indicators, i.Code) })
	}
	return b, nil
}
