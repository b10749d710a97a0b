package county

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/send"
)

// Undecided is a bundle that waits for the clerk's decision.
type Undecided struct {
	Seq      int64       `json:"seq"` // of its line in the book
	At       string      `json:"at"`  // when it came, YYYY-MM-DDThh:mm:ssZ
	File     string      `json:"file"`
	Code     string      `json:"code"`
	Name     string      `json:"name"` // as the bundle says
	Phone    string      `json:"phone"`
	Month    model.Month `json:"month"`
	Sequence int64       `json:"sequence"`
	Reason   string      `json:"reason"` // what it would take away, in a sentence
	Lost     *send.Lost  `json:"lost"`
}

// WaitingBundles gives the bundles that wait, of one organisation or, where code is "",
// all, the one that came first first.
func WaitingBundles(ctx context.Context, l *store.Ledger, code string) ([]Undecided, error) {
	lines, err := waitingLines(ctx, l, code)
	if err != nil {
		return nil, err
	}
	roll, err := l.Roll(ctx)
	if err != nil {
		return nil, err
	}
	units := map[string]store.Unit{}
	for _, u := range roll {
		units[u.Code] = u
	}
	all := make([]Undecided, 0, len(lines))
	for i := range lines {
		line := &lines[i]
		why, err := readReasons(line)
		if err != nil {
			return nil, err
		}
		u := Undecided{Seq: line.Seq, At: line.At, File: line.File, Code: line.Code, Name: model.Clean(why.Name, false), Month: line.Month,
			Sequence: line.Sequence, Reason: why.Reason, Lost: why.Lost, Phone: model.Clean(units[line.Code].Phone, false)}
		if known := units[line.Code].Name; known != "" {
			u.Name = known
		}
		all = append(all, u)
	}
	return all, nil
}

// waitingLines gives the lines of the book about the bundles that wait.
func waitingLines(ctx context.Context, l *store.Ledger, code string) ([]IntakeLine, error) {
	return intakes(ctx, l, "SELECT "+intakeColumns+`, reasons FROM intake
		WHERE seq IN (SELECT intake FROM intake_waiting WHERE ?1 = '' OR code = ?1) ORDER BY seq`, code)
}

// Decision is what the clerk says to a bundle that waits.
type Decision struct {
	// Accept takes it in; else it is refused.
	Accept bool
	// Asked tells whom the clerk asked and what was said; to accept it is needed.
	Asked string
}

// Decide takes a bundle that waits in, or refuses it. What is taken in passes all checks
// once more, and can be refused by them. The book notes what was decided, by whom and
// whom they asked, and the next receipt tells the village. key is needed to accept alone.
// *model.Error: E-NOWAIT when none of the organisation waits, or another than the one
// with that line (seq, 0 for any), E-ASKED without a word about who was asked.
func Decide(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, code string, seq int64, d Decision) (Intake, error) {
	d.Asked = strings.TrimSpace(model.Clean(d.Asked, false))
	lines, err := waitingLines(ctx, l, code)
	switch {
	case err != nil:
		return Intake{}, err
	case code == "" || len(lines) == 0:
		return Intake{}, model.Errorf("E-NOWAIT", "没有 %s 的报送包在等核实;请核对代码", model.Clean(code, false))
	case seq != 0 && lines[0].Seq != seq:
		return Intake{}, model.Errorf("E-NOWAIT", "这个单位又来了新的报送包,请重新看过再定")
	case d.Accept && d.Asked == "":
		return Intake{}, model.Errorf("E-ASKED", "请写明问了谁、怎么说的,例如:电话问过书记,三人是重复登记,删去的")
	}
	if !d.Accept {
		return refuseWaiting(ctx, l, &lines[0], d)
	}
	content, err := waitingContent(ctx, l, code)
	if err != nil {
		return Intake{}, err
	}
	line := &lines[0]
	above, err := Above(ctx, l)
	if err != nil {
		return Intake{}, err
	}
	r := &reception{l: l, key: key, above: above, in: newIntake(line.File), content: content, asked: d.Asked}
	r.in.FileHash = line.FileHash
	var fault *model.Error
	if err = r.take(ctx); err != nil && (!errors.As(err, &fault) || r.in.fault == nil) {
		return r.in, err
	}
	if r.in.Verdict == Accepted || r.in.Verdict == Partly {
		return r.in, nil
	}
	if fault != nil {
		r.in.Reason, r.in.told = told(above, r.in.fault)
	}
	return r.in, endWaiting(ctx, l, line, &r.in, faultCode(r.in.fault), d.Asked)
}

// refuseWaiting notes that a bundle stays out.
func refuseWaiting(ctx context.Context, l *store.Ledger, line *IntakeLine, d Decision) (Intake, error) {
	why, err := readReasons(line)
	if err != nil {
		return Intake{}, err
	}
	in := newIntake(line.File)
	in.FileHash, in.Code, in.Name, in.Month, in.Sequence, in.Hash, in.Lost = line.FileHash, line.Code, why.Name, line.Month, line.Sequence, line.Hash, why.Lost
	in.Reason = "核实后没有收下:" + why.Reason
	return in, endWaiting(ctx, l, line, &in, codeReviewed, d.Asked)
}

// endWaiting notes that a bundle was refused in the end, and lets its file go.
func endWaiting(ctx context.Context, l *store.Ledger, line *IntakeLine, in *Intake, code, asked string) error {
	in.Verdict = Refused
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := t.Exec(ctx, "DELETE FROM intake_waiting WHERE intake = ?", line.Seq); err != nil {
			return fmt.Errorf("bundle that waits: %w", err)
		}
		return noteOutcome(ctx, t, line, outcome{code, in.Reason, in.told, asked})
	})
}

// outcome is why a bundle that waited was not taken in: the texts as in reasons.
type outcome struct{ code, reason, told, asked string }

// noteOutcome writes down that a bundle that waited was not taken in.
func noteOutcome(ctx context.Context, t *store.Tx, line *IntakeLine, o outcome) error {
	why, err := readReasons(line)
	if err != nil {
		return err
	}
	why.Code, why.Reason, why.Told, why.Asked, why.By = o.code, o.reason, o.told, o.asked, inside(t.Ledger()).By()
	i := *line
	i.Verdict = Refused
	if i.Reasons, err = json.Marshal(why); err != nil {
		return fmt.Errorf("intake: %w", err)
	}
	return noteIntake(ctx, t, i)
}

// waitingContent gives the file of a bundle that waits, as it came.
func waitingContent(ctx context.Context, l *store.Ledger, code string) ([]byte, error) {
	rows, err := inside(l).Readers().Query(ctx, "SELECT content FROM intake_waiting WHERE code = ?", code)
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("bundle that waits: %w", err))
	}
	defer rows.Close()
	var content []byte
	for rows.Next() {
		if err := rows.Scan(&content); err != nil {
			return nil, inside(l).Explain(fmt.Errorf("bundle that waits: %w", err))
		}
	}
	return content, inside(l).Explain(rows.Err())
}
