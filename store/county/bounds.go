package county

import (
	"fmt"
	"time"

	"taizhang/model"
)

// Bounds of what a bundle says in numbers and times.
const (
	maxStep     = 1_000_000     // by how much a bundle's number may be above the last accepted
	maxRevision = 1_000_000_000 // how often a record can have been saved
	maxAhead    = 24 * time.Hour
	stampForm   = "2006-01-02T15:04:05Z"
	firstStamp  = "1921-01-01T00:00:00Z"
)

// soundStamp tells whether a text is a moment since the party's first year.
func soundStamp(s string) bool {
	_, err := time.Parse(stampForm, s)
	return err == nil && s >= firstStamp
}

// latest is the latest moment that a bundle received now can speak of: clocks differ,
// but by less than a day.
func (r *reception) latest() string {
	return r.l.Source().Now().UTC().Add(maxAhead).Format(stampForm)
}

// bounds refuses a bundle of a village whose clock runs ahead, since its records would
// carry times that have not come, and one whose number or month is out of all reason.
// The receipt says what to do; nothing is lost, for the next bundle holds all again.
func (r *reception) bounds() error {
	m := &r.b.Package.Taizhang
	last := int64(0)
	if r.known != nil {
		last = r.known.Sequence
	}
	now := r.l.Source().Now()
	switch {
	case r.b.Package.Created > r.latest():
		return r.refuse("E-CLOCK", "报送包写着是 %s 导出的,比县里电脑的日期(%s)晚了一天以上,没有接收;多半是村里电脑的日期不对,请在系统设置里把日期和时间调准后重新导出;若是县里的日期不对,请县里调准后再收",
			dayOf(r.b.Package.Created, now.Location()).Chinese(), model.DateOf(now).Chinese())
	case m.Month > r.l.Source().Today().Month().Add(1):
		return r.refuse("E-MONTH", "报送包是 %s的,这个月还没有到,没有接收;请核对村里电脑的日期,选对月份后重新导出", m.Month.Chinese())
	case m.Sequence-last > maxStep:
		return r.refuse("E-SEQUENCE", "报送包的序号 %d 比已接收的(%d)大得太多,没有接收;村里的台账可能已损坏,请从备份恢复后重新导出",
			m.Sequence, last)
	}
	return nil
}

// ahead names the records that were written down, changed or deleted at a time that has
// not come. They are in: the village's clock was wrong once and has been set since, and
// saving a record again would not change when it was written down.
func (w *bundleRows) ahead(latest string) {
	count, example := 0, (*model.Record)(nil)
	for _, k := range w.kinds.Kinds() {
		for _, r := range w.all[k.Name] {
			if w.aside[r] || max(r.CreatedAt, r.UpdatedAt, r.DeletedAt) <= latest {
				continue
			}
			if count++; example == nil {
				example = r
			}
		}
	}
	if count == 0 {
		return
	}
	w.say(Problem{Kind: w.home.Name, ID: w.org.ID, Code: "W-CLOCK", Severity: severityWarning,
		Message: fmt.Sprintf("有 %d 条记录(例如%s“%s”)登记、修改或删除的时间比县里收到的时间晚一天以上,已照样收入;请核对村里电脑的日期和时间,不对就调准",
			count, example.Kind.Title, w.label(example, 0))})
}

// dayOf gives the day of a moment as the ledger stores it.
func dayOf(stamp string, where *time.Location) model.Date {
	t, err := time.Parse(stampForm, stamp)
	if err != nil {
		return ""
	}
	return model.DateOf(t.In(where))
}
