package county

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/clear"
	"taizhang/store/office"
	"taizhang/store/send"
)

// The verdicts on a file. The first three stand in the intake and are answered by a
// receipt, the others are only said.
const (
	Accepted = bundle.VerdictAccepted // everything is in
	Partly   = bundle.VerdictPartly   // in, with rows set aside, references emptied or errors named
	Refused  = bundle.VerdictRefused  // nothing was changed; Reason says why
	Already  = "已收过"                  // this bundle, or a later one, has been accepted before
	Foreign  = "不是报送包"
	Hollow   = "空文件" // called as a bundle, of no byte: nothing was handed in
	Unread   = "读不出" // the disk or the stick failed; nothing was changed
)

// Problem is one thing that is wrong in a bundle, as its receipt names it.
type Problem = bundle.ReceiptProblem

// What the county did about a problem.
const (
	SetAside = "未收入" // the record is not in
	Emptied  = "已清空" // the record is in, without what the field referred to
	Spelt    = "已更正" // the record is in, with the township as the list spells it
)

// Intake is what became of one file.
type Intake struct {
	Path     string      `json:"path"`
	File     string      `json:"file"` // base name
	Verdict  string      `json:"verdict"`
	Reason   string      `json:"reason"` // why it is not in; "" for accepted bundles
	Code     string      `json:"code"`
	Name     string      `json:"name"`
	Month    model.Month `json:"month"`
	Sequence int64       `json:"sequence"`
	FileHash string      `json:"file_hash"`
	Hash     string      `json:"hash"`
	SetAside int         `json:"set_aside"` // records that are not in
	// Changes counts by kind what the bundle added, changed and deleted.
	Changes  map[string]Difference `json:"changes"`
	Unknown  []string              `json:"unknown"` // columns kept out: KIND.column
	Problems []Problem             `json:"problems"`
	Was      string                `json:"was,omitempty"`  // of one that was taken in before: the verdict then, with its problems
	Lost     *send.Lost            `json:"lost,omitempty"` // of one that waits: what it would take away
	Fork     *Fork                 `json:"fork,omitempty"` // of one refused since it does not follow on the last accepted
	// Sums says of what the sums of an office below are, "" for a village's records.
	Sums string `json:"sums,omitempty"`
	// Corrected is what sums changed in those that stood of the month, nil where none did.
	Corrected *office.Correction `json:"corrected,omitempty"`

	orgID     string
	publicKey string // that signed the bundle
	fault     error  // what is wrong, where it is a fault of the bundle
	signed    bool   // by the key that is known of the organisation: a receipt answers it
	told      string // Reason, as those read it who sent the bundle; "" where it is the same
}

// KeyChanged tells whether it was refused since another key signed it.
func (i Intake) KeyChanged() bool { return faultCode(i.fault) == "E-KEY-CHANGED" }

// ReceiveOptions say how to take bundles in.
type ReceiveOptions struct {
	// Each, where set, is called when a file has been handled.
	Each func(done, all int, i Intake)
}

// Receive takes in the bundles among files and folders, one after the other, each
// wholly or not at all: what has been accepted stays when a later file fails. Some may be
// written together, and Each is told of a file once what became of it is on the disk. Files
// of one organisation are taken in the order of their numbers. Every file gives one
// Intake. An error is a fault of the county's own ledger, or the end of ctx; what
// was handled before it is given too.
func Receive(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, paths []string, o ReceiveOptions) (all []Intake, err error) {
	present, err := presentCodes(ctx, l)
	if err != nil {
		return nil, err
	}
	above, err := Above(ctx, l)
	if err != nil {
		return nil, err
	}
	err = inside(l).Many(ctx, func() (err error) {
		all, err = receiveAll(ctx, &together{l: l, key: key, above: above}, list(paths, present), o)
		return err
	})
	if err == nil && ctx.Err() == nil { // what villages have cleared away is to be found nowhere; while somebody reads, the next opening does it
		_, err = clear.Tidy(ctx, l)
	}
	return all, err
}

func receiveAll(ctx context.Context, g *together, found []candidate, o ReceiveOptions) ([]Intake, error) {
	upfront := found
	if g.above != "" { // sums are read in their turn
		upfront = nil
	}
	ahead := startAhead(ctx, upfront, preparing(g.l, g.key))
	defer ahead.end()
	var all []Intake
	g.said = func(i Intake) {
		all = append(all, i)
		if o.Each != nil {
			o.Each(len(all), len(found), i)
		}
	}
	for _, f := range found {
		if err := ctx.Err(); err != nil {
			return all, err
		}
		if f.intake.Verdict != "" {
			g.tell(f.intake)
			continue
		}
		if err := g.take(ctx, f.path, ahead.turn()); err != nil {
			return all, err
		}
	}
	if err := g.write(ctx); err != nil {
		return all, err
	}
	noteHome(ctx, g.l, all)
	return all, nil
}

// candidate is a file that may be a bundle, or one of which the verdict is known.
type candidate struct {
	path     string
	code     string // by its name, "" where the name says nothing
	sequence int64
	intake   Intake
}

func list(paths []string, present func(code string) string) []candidate {
	var all []candidate
	add := func(path, verdict, reason string) {
		c := candidate{path: path}
		c.code, _, c.sequence, _ = bundle.NameIn(filepath.Base(path))
		c.code = present(c.code)
		if verdict != "" {
			c.intake = newIntake(path)
			c.intake.Verdict, c.intake.Reason = verdict, reason
		}
		all = append(all, c)
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil:
			add(path, Unread, readFault(err))
		case !info.IsDir():
			add(path, "", "")
		default:
			walk(path, add)
		}
	}
	model.Sort(all, func(a, b candidate) int {
		if c := cmp.Compare(a.code, b.code); c != 0 || a.code == "" {
			return c
		}
		return cmp.Compare(a.sequence, b.sequence)
	})
	return all
}

// walk looks through a folder. Only what begins as a bundle or is called one is taken
// up: a stick holds other things too. What can't be read is said and passed over.
func walk(folder string, add func(path, verdict, reason string)) {
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		switch {
		case d != nil && path != folder && d.IsDir() && bundle.PassOverFolder(d.Name()):
			return fs.SkipDir
		case err != nil:
			add(path, Unread, readFault(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
		case d.IsDir() || bundle.PassOver(d.Name()):
		case !d.Type().IsRegular():
			add(path, Foreign, "不是普通文件,没有打开")
		default:
			verdict, reason := firstLook(path)
			add(path, verdict, reason)
		}
		return nil
	})
	if err != nil {
		add(folder, Unread, readFault(err))
	}
}

// firstLook gives the verdict on a file that needs no key, "" for one to be opened.
// One that is called a bundle and is none is opened, so that it is refused and noted.
func firstLook(path string) (verdict, reason string) {
	looks, err := bundle.Look(path)
	called := bundle.Called(filepath.Base(path))
	switch {
	case err != nil && called:
		return Unread, readFault(err)
	case looks == bundle.LooksEmpty && called:
		return Hollow, hollowReason
	case looks == bundle.LooksOther && !called || looks == bundle.LooksEmpty:
		return Foreign, "不是报送包,没有打开"
	}
	return "", ""
}

const hollowReason = "里面什么也没有,不算交了;要重新导出,导出后等屏幕说完成再拔U盘"

func readFault(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "找不到文件,请检查U盘是否插好、路径是否写对"
	case errors.Is(err, fs.ErrPermission):
		return "没有权限读,请把文件拷到别处再试"
	}
	return "读文件时出错,请检查U盘是否插好,再收一次"
}

func newIntake(path string) Intake {
	return Intake{Path: path, File: filepath.Base(path), Changes: map[string]Difference{}, Unknown: []string{}, Problems: []Problem{}}
}

// receiveFile handles one file. The error is a fault of the county's ledger.
func receiveFile(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, above, path string) (Intake, error) {
	r := &reception{l: l, key: key, above: above, in: newIntake(path)}
	return r.end(ctx, r.take(ctx))
}

// take takes the bundle in: what passes the checks is written.
func (r *reception) take(ctx context.Context) error {
	if r.above != "" {
		return r.takeSums(ctx)
	}
	rows, err := r.check(ctx)
	return r.finish(ctx, rows, err)
}

// finish writes what the checks let in (check), or sets it aside where a clerk is to decide.
func (r *reception) finish(ctx context.Context, rows *bundleRows, err error) error {
	switch {
	case err != nil || rows == nil:
		return err
	case r.lost != nil:
		r.in.Problems = rows.problems()
		return r.wait(ctx, r.lost)
	}
	return r.write(ctx, rows)
}

// end gives what became of the file, and notes one that is refused.
func (r *reception) end(ctx context.Context, err error) (Intake, error) {
	var known *model.Error
	if errors.As(err, &known) && r.in.fault != nil {
		r.in.Verdict = Refused
		r.in.Reason, r.in.told = told(r.above, r.in.fault)
		return r.in, r.note(ctx)
	}
	return r.in, err
}

// note writes a refused bundle down. What it says of itself is noted with it;
// signed tells whether the organisation's known key stands for that.
func (r *reception) note(ctx context.Context) error {
	i, err := r.line(Refused)
	if err != nil {
		return err
	}
	return NoteIntake(ctx, r.l, i)
}

// line makes the line of the county's book.
func (r *reception) line(verdict string) (IntakeLine, error) {
	in := &r.in
	text, err := json.Marshal(reasons{Code: faultCode(in.fault), Reason: in.Reason, Told: in.told, OrgID: in.orgID, Key: in.publicKey, Name: in.Name, Signed: in.signed, Unknown: in.Unknown,
		Changes: in.Changes, Problems: in.Problems, Lost: in.Lost, Sums: in.Sums, Fork: in.Fork, Corrected: in.Corrected, To: r.to, Asked: r.word(), By: r.decider()})
	if err != nil {
		return IntakeLine{}, fmt.Errorf("intake: %w", err)
	}
	return IntakeLine{File: in.File, FileHash: in.FileHash, Code: in.Code, Month: in.Month, Sequence: in.Sequence,
		Hash: in.Hash, Verdict: verdict, Reasons: text}, nil
}

// faultCode gives the code of what is wrong, "" for nothing.
func faultCode(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	return ""
}

// reasons is what the county's book says of a bundle beside the verdict.
type reasons struct {
	Code     string                `json:"code"` // of the fault for which it was refused, e.g. E-KEY-CHANGED
	Reason   string                `json:"reason"`
	Told     string                `json:"told,omitempty"` // to those who sent it, where they are told in other words
	OrgID    string                `json:"org_id"`
	Key      string                `json:"key"` // that signed the bundle
	Name     string                `json:"name"`
	Signed   bool                  `json:"signed"` // by the known key
	Unknown  []string              `json:"unknown"`
	Changes  map[string]Difference `json:"changes"`
	Problems []Problem             `json:"problems"`

	Lost      *send.Lost         `json:"lost,omitempty"`      // what it would take away, of one that waits or waited
	Sums      string             `json:"sums,omitempty"`      // of what sums are, as Intake.Sums
	To        string             `json:"to,omitempty"`        // the county's former key to which it was encrypted; "" for the present one
	Fork      *Fork              `json:"fork,omitempty"`      // of one refused since it does not follow on the last accepted
	Corrected *office.Correction `json:"corrected,omitempty"` // what sums changed in those that stood of the month
	Asked     string             `json:"asked,omitempty"`     // whom the clerk asked who decided on it
	By        string             `json:"by,omitempty"`        // the clerk
}
