package report

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/county"
)

// sealed is what is kept of a closed month: all that any form of its summary is
// drawn from. JSON of Go maps is ordered by key, so the same figures are the same
// bytes.
type sealed struct {
	Format       int                 `json:"format"` // 1
	Organisation string              `json:"organization"`
	Period       store.Period        `json:"period"`
	Returns      *Returns            `json:"returns"`
	Indicators   []Indicator         `json:"indicators"`
	Splits       map[string][]Column `json:"splits"` // by the words of --by, "" for none
}

const sealFormat = 1

// Splits are the ways to split a summary, "" for none.
var Splits = []string{"", store.ByTownship, store.ByDomain, store.ByOrganisation}

// Close closes a month at the county (封账): its summary in every split, who has
// reported and who not are kept and never change again. *model.Error: E-COUNTY in a
// village's ledger, E-SEALED for a month that is closed, E-SEAL-EARLY for a month that
// has not passed unless early allows it, E-MONTH for one to come, E-SEAL-EMPTY for one
// before the first bundle.
func Close(ctx context.Context, l *store.Ledger, month model.Month, early bool) (*Book, error) {
	is, err := l.IsCounty(ctx)
	if err != nil {
		return nil, err
	}
	if !is {
		return nil, model.Errorf("E-COUNTY", "这不是县里的台账,不能封账;村里核对名册、结账请用“月度上报”")
	}
	have, err := l.Seal(ctx, month)
	if err != nil {
		return nil, err
	}
	if have != nil {
		return nil, store.ErrSealed(have)
	}
	if err := closable(ctx, l, month); err != nil {
		return nil, err
	}
	if today := l.Source().Today(); !early && month.Last() >= today {
		return nil, model.Errorf("E-SEAL-EARLY", "%s还没有过完,封账后汇总不再变动;确实要现在封账,请加上 --yes", month.Chinese())
	}
	content, err := freeze(ctx, l, month)
	if err != nil {
		return nil, err
	}
	data, err := json.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("close %s: %w", month, err)
	}
	if err := l.SealMonth(ctx, month, func(string, string) ([]byte, error) { return data, nil }); err != nil {
		return nil, err
	}
	return Read(ctx, l, Ask{Month: month})
}

// closable refuses a month to come, and one before the first bundle: it is most likely
// mistyped, and closing can't be undone.
func closable(ctx context.Context, l *store.Ledger, month model.Month) error {
	if _, err := l.MonthPeriod(month); err != nil {
		return err
	}
	lines, err := l.IntakeLines(ctx, month)
	if err != nil {
		return err
	}
	first := model.Month("")
	for _, i := range lines {
		if (i.Verdict == county.Accepted || i.Verdict == county.Partly) && (first == "" || i.Month < first) {
			first = i.Month
		}
	}
	switch {
	case first == "":
		return model.Errorf("E-SEAL-EMPTY", "还没有收过报送包,没有可以封账的汇总;请先收报")
	case month < first:
		return model.Errorf("E-SEAL-EMPTY", "%s还没有收过报送包,不能封账;最早收到的是%s的,请核对月份", month.Chinese(), first.Chinese())
	}
	return nil
}

func freeze(ctx context.Context, l *store.Ledger, month model.Month) (*sealed, error) {
	b, err := Read(ctx, l, Ask{Month: month})
	if err != nil {
		return nil, err
	}
	content := &sealed{Format: sealFormat, Organisation: b.Organisation, Period: b.Period, Returns: b.Returns, Indicators: b.Indicators,
		Splits: map[string][]Column{"": b.Columns}}
	for _, by := range Splits[1:] {
		if content.Splits[by], err = count(ctx, l, b.Period, by, model.Indicators()); err != nil {
			return nil, err
		}
	}
	return content, nil
}

// unseal gives the summary of a closed month.
func unseal(s *store.Seal, a Ask) (*Book, error) {
	var content sealed
	if err := json.Unmarshal(s.Content, &content); err != nil {
		return nil, fmt.Errorf("closed month %s: %w", s.Month, err)
	}
	if content.Format != sealFormat {
		return nil, model.Errorf("E-SEAL-FORMAT", "%s的封账是更新的程序写的,本程序读不了;请更新程序", s.Month.Chinese())
	}
	b := &Book{Organisation: content.Organisation, Period: content.Period, By: a.By, Returns: content.Returns,
		Indicators: content.Indicators, Columns: content.Splits[a.By],
		Sealed: &Stamp{At: s.At, By: model.Clean(s.By, false), Closed: s.Closed()}}
	if len(b.Columns) == 0 {
		return nil, fmt.Errorf("closed month %s: no split %q", s.Month, a.By)
	}
	if a.Indicators != nil {
		b.Indicators = slices.DeleteFunc(b.Indicators, func(i Indicator) bool { return !slices.Contains(a.Indicators, i.Code) })
	}
	return b, nil
}
