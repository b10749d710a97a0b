package form

import (
	"errors"
	"fmt"

	"taizhang/model"
	"taizhang/store"
)

// spread gives the records for which a new one stands (Kind.Spread).
func (f *Form) spread(rec *model.Record) ([]*model.Record, error) {
	if f.kind.Spread == nil || rec.Rev > 0 {
		return []*model.Record{rec}, nil
	}
	return f.kind.Spread(f.app.Ledger.Env(f.app.Ctx), rec)
}

// examine gives what the rules say of the record; where it stands for several, of the
// first, since it is of the others too.
func (f *Form) examine(rec *model.Record) ([]model.Finding, error) {
	all, err := f.spread(rec)
	var known *model.Error
	switch {
	case errors.As(err, &known):
		return []model.Finding{{Code: known.Code, Severity: model.Fault, Field: known.Field, Message: known.Message}}, nil
	case err != nil:
		return nil, err
	}
	return f.app.Ledger.Check(f.app.Ctx, all[0])
}

// spreadText says how many records were made, where they are several.
func (f *Form) spreadText(s store.Saved) string {
	n := 0
	for _, r := range s.Records {
		n += model.OneIf(r.Kind == f.kind)
	}
	if f.kind.Spread == nil || n < 2 {
		return ""
	}
	return fmt.Sprintf(",存成 %d 条", n)
}
