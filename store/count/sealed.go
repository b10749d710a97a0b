package count

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
)

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
}

const sealFormat = 1

// Splits are the ways to split a summary, "" for none.
var Splits = []string{"", ByTownship, ByDomain, ByOrganisation}

// SealReport closes a month for good: its summary in every split and who has reported are
// kept and never change again. *model.Error E-SEALED for a month that is closed, E-MONTH
// for one to come. The month is a.Month.
func SealReport(ctx context.Context, l *store.Ledger, a Ask) (*Report, error) {
	content, err := freeze(ctx, l, a)
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

func freeze(ctx context.Context, l *store.Ledger, a Ask) (*sealed, error) {
	b, err := ReadReport(ctx, l, a)
	if err != nil {
		return nil, err
	}
	content := &sealed{Format: sealFormat, Organisation: b.Organisation, Period: b.Period, Returns: b.Returns, Indicators: b.Indicators,
		Splits: map[string][]Column{"": b.Columns}}
	for _, by := range Splits[1:] {
		q := b.Query()
		q.By, q.Indicators = by, Indicators()
		if content.Splits[by], err = columnsOf(ctx, l, q); err != nil {
			return nil, err
		}
	}
	return content, nil
}

// unseal gives the summary of a closed month, with a township's name that of its units,
// which have these codes.
func unseal(s *Seal, a Ask, township string, codes map[string]bool) (*Report, error) {
	var content sealed
	if err := json.Unmarshal(s.Content, &content); err != nil {
		return nil, fmt.Errorf("closed month %s: %w", s.Month, err)
	}
	if content.Format != sealFormat {
		return nil, model.Errorf("E-SEAL-FORMAT", "%s的封账是更新的程序写的,本程序读不了;请更新程序", s.Month.Chinese())
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
		Sealed: &Stamp{At: s.At, By: model.Clean(s.By, false), Closed: s.Closed()}}
	if len(b.Columns) == 0 {
		return nil, fmt.Errorf("closed month %s: no split %q", s.Month, a.By)
	}
	if a.Indicators != nil {
		b.Indicators = slices.DeleteFunc(b.Indicators, func(i Line) bool { return !slices.Contains(a.Indicators, i.Code) })
	}
	return b, nil
}
