package quota

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"taizhang/model"
	"taizhang/model/party/admission"
	"taizhang/store"
)

// Draft gathers a change from what a clerk writes, by the county's list of units.
type Draft struct {
	Change
	year  int
	units []store.Unit
}

// Begin begins a change of a year's plan.
func Begin(ctx context.Context, l *store.Ledger, year int) (*Draft, error) {
	roll, err := l.Roll(ctx)
	return &Draft{year: year, units: roll}, err
}

// unit finds a unit of the list by its code or its name.
func (d *Draft) unit(text string) (store.Unit, error) {
	text = strings.TrimSpace(text)
	i := slices.IndexFunc(d.units, func(u store.Unit) bool { return u.Code == model.HalfWidth(text) || u.Name == text })
	if i < 0 {
		return store.Unit{}, model.Errorf("E-UNKNOWN-UNIT", "单位名单里没有“%s”,请写单位的代码或名称,或先把它补进名单(county roll)", model.Clean(text, false))
	}
	return d.units[i], nil
}

// Quota sets the plan of a unit (by code or name) or of a township.
func (d *Draft) Quota(whose string, n int64) error {
	if n < 0 || n > 10000 {
		return model.Errorf("E-QUOTA", "“%s”的名额 %d 不对,请写 0 到 10000", model.Clean(whose, false), n)
	}
	name := strings.TrimSpace(whose)
	if slices.ContainsFunc(d.units, func(u store.Unit) bool { return u.Township == name && name != "" }) {
		d.Plans = append(d.Plans, Plan{Year: d.year, Township: name, Quota: int(n)})
		return nil
	}
	u, err := d.unit(whose)
	if err != nil {
		return err
	}
	d.Plans = append(d.Plans, Plan{Year: d.year, Township: u.Township, Code: u.Code, Quota: int(n)})
	return nil
}

// Pair reads WHOSE=NUMBER, as 990101101201=2 or 云溪镇=20.
func (d *Draft) Pair(text string) error {
	whose, number, ok := strings.Cut(model.HalfWidth(text), "=")
	n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 64)
	if !ok || err != nil {
		return model.Errorf("E-QUOTA", "“%s”不是“单位=名额”的写法,例如 990101101201=2 或 云溪镇=20", model.Clean(text, false))
	}
	return d.Quota(whose, n)
}

// Ranges reads numbers of forms of a unit: 0001-0010, several with 、 or a comma between.
func (d *Draft) Ranges(whose, numbers string) ([]Range, error) {
	u, err := d.unit(whose)
	if err != nil {
		return nil, err
	}
	var all []Range
	for _, part := range strings.FieldsFunc(model.HalfWidth(numbers), func(r rune) bool { return strings.ContainsRune(",、;", r) }) {
		r, err := admission.ParseFormRange(part)
		if err != nil {
			return nil, err
		}
		all = append(all, Range{FormRange: r, Code: u.Code, Year: d.year})
	}
	return all, nil
}

// PairRanges reads WHOSE=NUMBERS, as 990101101201=0001-0010.
func (d *Draft) PairRanges(text string) ([]Range, error) {
	whose, numbers, ok := strings.Cut(model.HalfWidth(text), "=")
	if !ok || strings.TrimSpace(numbers) == "" {
		return nil, model.Errorf("E-FORM-NO", "“%s”不是“单位=编号”的写法,例如 990101101201=0001-0010", model.Clean(text, false))
	}
	return d.Ranges(whose, numbers)
}
