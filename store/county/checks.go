package county

import (
	"context"
	"errors"
	"fmt"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/office"
	"taizhang/store/send"
)

// reception is one file on its way in.
type reception struct {
	l     *store.Ledger
	key   *bundle.CountyKey
	above string // the level of an office that takes in sums, "" of a county
	in    Intake
	b     *bundle.Bundle
	known *KnownKey   // nil for an organisation never seen
	unit  *store.Unit // as it stands on the list, nil without a list

	ahead *prepared   // what was found out before its turn, nil for nothing
	file  *sealedFile // as it came, nil for one that waited

	former      string       // the code that the bundle carries, where its unit has another one now
	formerUntil model.Date   // from which on
	changes     []codeChange // the codes that units had

	retired bool        // its unit is no more
	looked  *askedLook  // what the examination asked the county's ledger
	lost    *send.Lost  // what it would take away, where a clerk has to decide on it
	rows    *bundleRows // of one that has passed all checks and is to be written

	// Of a bundle that waited and is taken in now: the file as it came, and whom the
	// clerk asked.
	content []byte
	asked   string

	stands *office.Standing // of the month at an office above counties; read by standing
	stood  bool             // that was read

	to string // the county's former key to which it was encrypted; "" for the present one
}

// decider is who decided to take the bundle in, "" for one of which nobody was asked.
func (r *reception) decider() string {
	switch a := r.granted(); {
	case r.asked != "":
		return inside(r.l).By()
	case a != nil && r.in.fault == nil:
		return a.By
	}
	return ""
}

// word is what was said for taking the bundle in, "" where nobody was asked.
func (r *reception) word() string {
	if a := r.granted(); r.asked == "" && a != nil && r.in.fault == nil {
		return a.text()
	}
	return r.asked
}

// fault is what is wrong with the bundle: it is refused.
func (r *reception) fault(err error) error {
	r.in.fault = err
	return err
}

func (r *reception) refuse(code string, say func(v voice) string) error {
	return r.fault(refused(code, say))
}

// check runs the checks of design.md §7 in their order and gives what passes, nil where
// nothing is to be done. It writes nothing.
func (r *reception) check(ctx context.Context) (*bundleRows, error) {
	data, err := r.unwrap(ctx)
	if data == nil || err != nil {
		return nil, err
	}
	if r.b, err = r.file.open(data); r.b != nil && r.b.Signed {
		if err := r.recognise(ctx); err != nil {
			return nil, err
		}
	}
	if err != nil {
		return nil, r.fault(err)
	}
	if err := r.admit(ctx); err != nil {
		return nil, err
	}
	before, err := r.handledBefore(ctx)
	if err != nil || before == handledSame { // what was accepted once has passed all that follows
		return nil, err
	}
	if err := r.bounds(); err != nil {
		return nil, err
	}
	if done, err := r.undecided(ctx); done || err != nil {
		return nil, err
	}
	if err := r.tables(); err != nil {
		return nil, err
	}
	rows, err := r.read()
	if err != nil {
		return nil, r.fault(err)
	}
	if err := r.foreign(ctx, rows); err != nil {
		return nil, err
	}
	if err := r.inLine(ctx, before); err != nil {
		return nil, err
	}
	if r.sequence(before) {
		return nil, nil
	}
	if rows, err = r.examined(ctx, rows); err != nil {
		return nil, err
	}
	if r.lost, err = r.lookTwice(ctx, rows); err != nil {
		return nil, err
	}
	return rows, nil
}

// read reads the bundle's rows, unless that was done ahead: then they may be set aside,
// emptied and spelt already (examined). The error refuses it.
func (r *reception) read() (*bundleRows, error) {
	if r.ahead != nil && r.ahead.rows != nil {
		return r.ahead.rows, nil
	}
	return r.readAnew()
}

// readAnew reads the bundle's rows as they came, also ahead of its turn: what is done to
// them before the checks belongs here.
func (r *reception) readAnew() (*bundleRows, error) {
	rows := newRows(r)
	if err := rows.read(); err != nil {
		return rows, err
	}
	rows.recode(r)
	return rows, nil
}

// examined gives the rows as judged, by what was found ahead where that still holds.
func (r *reception) examined(ctx context.Context, rows *bundleRows) (*bundleRows, error) {
	env := r.l.Env(ctx)
	holds, err := r.ahead.holds(r, env.Look)
	if err != nil {
		return nil, err
	}
	var home error
	if holds {
		home, r.looked = r.ahead.home, r.ahead.asked
	} else {
		r.looked = newAsked(env)
		if r.ahead != nil && rows == r.ahead.rows { // they have been changed by it
			if rows, err = r.readAnew(); err != nil {
				return nil, r.fault(err)
			}
		}
		if home, err = rows.judge(r.unit, env, r.latest()); err != nil {
			return nil, err
		}
	}
	if home != nil {
		return nil, r.fault(home)
	}
	return rows, nil
}

// unwrap reads the file and takes the age layer off. data is nil when the file is
// none of ours, can't be read or has been accepted before, which is no fault of a
// bundle.
func (r *reception) unwrap(ctx context.Context) (data []byte, err error) {
	if r.content != nil {
		return r.reopen(ctx)
	}
	if r.ahead != nil {
		r.file = r.ahead.file
	} else {
		r.file = look(r.in.Path)
	}
	f := r.file
	defer f.close()
	if f.fault != nil {
		r.in.Verdict, r.in.Reason = Unread, readFault(f.fault)
		return nil, nil
	}
	// Old files stay on sticks, and are known by their hash before anything is opened.
	r.in.FileHash = f.hash
	if f.size == 0 && bundle.Called(r.in.File) {
		r.in.Verdict, r.in.Reason, r.in.FileHash = Hollow, hollowReason, ""
		return nil, nil
	}
	if known, err := r.knownFile(ctx); known || err != nil {
		return nil, err
	}
	data, plain, err := f.unwrap(r.key)
	r.to = f.to
	var fault *model.Error
	if err != nil && !errors.As(err, &fault) {
		r.in.Verdict, r.in.Reason = Unread, readFault(err)
		return nil, nil
	}
	if fault != nil && fault.Code == bundle.CodeZIP && !bundle.Called(r.in.File) {
		r.in.Verdict, r.in.Reason, r.in.FileHash = Foreign, "不是报送包,没有接收", ""
		return nil, nil
	}
	return r.sealed(ctx, data, plain, err)
}

// sealed refuses what bundle.Unwrap finds wrong, and what had no age layer to take off.
func (r *reception) sealed(ctx context.Context, data []byte, plain bool, err error) ([]byte, error) {
	switch {
	case err != nil:
		return nil, r.fault(r.closed(ctx, err))
	case plain:
		return nil, r.refuse("E-BUNDLE-PLAIN", func(v voice) string {
			return "报送包没有加密," + v.ask("取入"+v.Here()+"的配置文件后重新导出")
		})
	}
	return data, nil
}

// recognise compares the key that signed with the one known of the organisation.
// Until it is found to be that one, the bundle speaks for nobody.
func (r *reception) recognise(ctx context.Context) error {
	if err := r.rename(ctx); err != nil {
		return err
	}
	m := &r.b.Package.Taizhang
	r.in.Code, r.in.Name, r.in.orgID = m.Organization.Code, m.Organization.Name, m.Organization.ID
	r.in.Month, r.in.Sequence, r.in.Hash = m.Month, m.Sequence, r.b.Hash
	r.in.publicKey = m.PublicKey
	var err error
	r.known, err = KnownKeyOf(ctx, r.l, m.Organization.Code)
	r.in.signed = r.known != nil && (r.known.PublicKey == m.PublicKey || r.succeeds())
	return err
}

// succeeds tells a bundle signed by the key that the county has trusted in place of
// the known one, or given to a ledger that it rescued.
func (r *reception) succeeds() bool {
	return r.known != nil && r.known.Successor != "" && r.known.Successor == r.b.Package.Taizhang.PublicKey
}

// anew tells a bundle of a ledger that was begun anew: the county has trusted its key,
// so organisation id and numbers may be new too.
func (r *reception) anew() bool {
	return r.succeeds() && r.known.Restored && r.known.Allowed == nil
}

// admit asks whether the organisation is one that reports here, under its own key.
func (r *reception) admit(ctx context.Context) error {
	m := &r.b.Package.Taizhang
	home := r.l.Home()
	if m.Organization.ID == home.ID || m.Organization.Code == home.Str(fieldCode) {
		return r.refuse("E-OWN", func(v voice) string {
			return v.either("报送包自称是本级党组织的,没有接收;请核对是谁导出的", "报送包用的是"+v.Here()+"的组织代码,没有接收;请核对“设置”里的组织代码")
		})
	}
	if err := r.admitUnit(ctx); err != nil {
		return err
	}
	if r.known != nil && !r.in.signed {
		now, before := bundle.CheckDigits(m.PublicKey), bundle.CheckDigits(r.known.PublicKey)
		return r.refuse("E-KEY-CHANGED", func(v voice) string {
			if v.sent {
				return "签名的密钥与以前的不同,没有接收;请打电话与" + v.Caller + "核对八位校验数字(在“设置”里),由" + v.Here() + "认可以后再报一次"
			}
			return fmt.Sprintf("签名的密钥(校验数字 %s)与以前的(%s)不同,没有接收;请打电话与对方核对这八位数字;对方确实换了台账的,认可新密钥,再收一次", now, before)
		})
	}
	if r.known != nil && r.known.OrgID != "" && r.known.OrgID != m.Organization.ID && !r.anew() {
		return r.refuse("E-OTHER-ORG", func(v voice) string {
			return "报送包里党组织的编号与以前接收的不同,没有接收;" + v.ask("用原来的台账导出")
		})
	}
	other, err := KnownOrganisation(ctx, r.l, m.Organization.ID)
	if err != nil {
		return err
	}
	if other != nil && other.Code != m.Organization.Code {
		return r.refuse("E-FOREIGN-ID", func(v voice) string { return "报送包里是 " + other.Code + " 的党组织," + v.copied() })
	}
	return nil
}

// fieldCode is the organisation's code in its record.
const fieldCode = "code"

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
		made, day := dayOf(r.b.Package.Created, now.Location()).Chinese(), model.DateOf(now).Chinese()
		return r.refuse("E-CLOCK", func(v voice) string {
			return fmt.Sprintf("报送包写着是 %s 导出的,比%s电脑的日期(%s)晚了一天以上,没有接收;多半是%s电脑的日期不对,请在系统设置里把日期和时间调准后重新导出;若是%s的日期不对,请%s调准后再收",
				made, v.Here(), day, v.whose(), v.Here(), v.Here())
		})
	case m.Month > r.l.Source().Today().Month().Add(1):
		return r.refuse("E-MONTH", func(v voice) string {
			return "报送包是 " + m.Month.Chinese() + "的,这个月还没有到,没有接收;请核对" + v.whose() + "电脑的日期,选对月份后重新导出"
		})
	case m.Sequence-last > maxStep:
		return r.refuse("E-SEQUENCE", func(v voice) string {
			return fmt.Sprintf("报送包的序号 %d 比已接收的(%d)大得太多,没有接收;%s的台账可能已损坏,请从备份恢复后重新导出", m.Sequence, last, v.whose())
		})
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
