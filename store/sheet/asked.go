package sheet

import "taizhang/model"

// ask keeps what was said of the whole sheet, to stand in each of its records.
// *model.Error: what the type says of a value, E-SHEET-ASK for one that is missing.
func (r *reader) ask(asked map[string]string) error {
	rec := model.NewRecord(r.kind)
	for _, f := range r.kind.SheetAsks {
		v, err := f.Type.Parse(f, asked[f.Name])
		if err != nil {
			return &model.Error{Code: "E-SHEET-ASK", Field: f.Name, Message: f.Label + ":" + plain(err)}
		}
		rec.Set(f.Name, v)
	}
	for _, f := range r.kind.SheetAsks {
		if f.Required && (f.Shown == nil || f.Shown(rec)) && !rec.Filled(f.Name) {
			return &model.Error{Code: "E-SHEET-ASK", Field: f.Name, Message: "请写明" + f.Label}
		}
	}
	r.asked = rec
	return nil
}

// tell puts into a record what was said of the whole sheet.
func (r *reader) tell(rec *model.Record) {
	for _, f := range r.kind.SheetAsks {
		rec.Set(f.Name, r.asked.Get(f.Name))
	}
}
