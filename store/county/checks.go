package county

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
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

func (r *reception) refuse(code, format string, args ...any) error {
	return r.fault(model.Errorf(code, format, args...))
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
		return nil, r.refuse("E-BUNDLE-PLAIN", "报送包没有加密,请让村里取入县里的配置文件后重新导出")
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
		return r.refuse("E-OWN", "报送包自称是本级党组织的,没有接收;请核对是谁导出的")
	}
	if err := r.admitUnit(ctx); err != nil {
		return err
	}
	if r.known != nil && !r.in.signed {
		return r.refuse("E-KEY-CHANGED", "签名的密钥(校验数字 %s)与以前的(%s)不同,没有接收;请打电话与对方核对这八位数字;对方确实换了台账的,认可新密钥,再收一次",
			bundle.CheckDigits(m.PublicKey), bundle.CheckDigits(r.known.PublicKey))
	}
	if r.known != nil && r.known.OrgID != "" && r.known.OrgID != m.Organization.ID && !r.anew() {
		return r.refuse("E-OTHER-ORG", "报送包里党组织的编号与以前接收的不同,没有接收;请让村里用原来的台账导出")
	}
	other, err := KnownOrganisation(ctx, r.l, m.Organization.ID)
	if err != nil {
		return err
	}
	if other != nil && other.Code != m.Organization.Code {
		return r.refuse("E-FOREIGN-ID", "报送包里是 %s 的党组织,可能是拷贝了别村的台账来用,没有接收;请让村里新建自己的台账", other.Code)
	}
	return nil
}

// fieldCode is the organisation's code in its record.
const fieldCode = "code"

// tables compares the description of the tables with the kinds of this program. An
// older program may know fewer kinds and columns; one of the same schema may not.
func (r *reception) tables() error {
	return r.tablesAre(bundle.Resources(r.l.Kinds(), r.l.Home().Kind.Name))
}

// tablesAre compares the description of the tables with those that are wanted.
func (r *reception) tablesAre(want []bundle.Resource) error {
	known := map[string]bool{}
	older := r.b.Package.Taizhang.Schema < model.SchemaVersion
	for _, w := range want {
		known[w.Name] = true
		have := r.b.Resource(w.Name)
		if have == nil {
			if older {
				continue
			}
			return r.refuse("E-TABLE", "报送包里没有%s(%s),请让村里重新导出", w.Title, w.Name)
		}
		if !slices.Equal(have.Schema.PrimaryKey, w.Schema.PrimaryKey) {
			return r.refuse("E-TABLE", "报送包里%s(%s)的结构不对,请让村里重新导出", w.Title, w.Name)
		}
		columns := have.Header()
		for _, f := range w.Schema.Fields {
			required := f.Constraints != nil && f.Constraints.Required
			if !slices.Contains(columns, f.Name) && (!older || required) {
				return r.refuse("E-TABLE", "报送包里%s(%s)缺少“%s”一列,请让村里重新导出", w.Title, w.Name, f.Title)
			}
		}
		for _, c := range columns {
			if !slices.Contains(w.Header(), c) {
				r.in.Unknown = append(r.in.Unknown, w.Name+"."+c)
			}
		}
	}
	for _, have := range r.b.Package.Resources {
		if !known[have.Name] {
			return r.refuse("E-TABLE", "报送包里有本程序不认识的表 %s,请更新本程序,或让村里重新导出", have.Name)
		}
	}
	return nil
}

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
