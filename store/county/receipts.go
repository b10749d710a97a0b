package county

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/inbox"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
)

// Receipts writes the answers to the bundles handled: those of a month, or, where
// month is "", those not answered yet; with codes only those of these organisations,
// whose stick it is. Only bundles that the known key of their organisation has signed
// are answered. Of several lines about one bundle the last is; the answer to the last
// accepted of an organisation also names what the comparison of the record books says
// to it. It gives the paths written, in the order of the county's book; a file of the
// same name is replaced. What the county sends beside (上级来件) goes along. *model.Error: E-PERM, E-FULL for the folder, which is made
// if it is not there.
func Receipts(ctx context.Context, l *store.Ledger, key *bundle.CountyKey, dir string, month model.Month, codes ...string) ([]string, error) {
	if err := ownKey(ctx, l, key); err != nil {
		return nil, err
	}
	book, err := Intakes(ctx, l, month)
	if err != nil {
		return nil, err
	}
	open, last, err := toAnswer(book, month == "")
	if err != nil {
		return nil, err
	}
	if len(codes) > 0 {
		open = slices.DeleteFunc(open, func(a answer) bool { return !slices.Contains(codes, a.Code) })
	}
	if err := disk.MakeFolders(dir); err != nil {
		return nil, explain(err, dir)
	}
	above, err := Above(ctx, l)
	if err != nil {
		return nil, err
	}
	crossed, err := crossProblems(ctx, l, open)
	if err != nil {
		return nil, err
	}
	compared, err := comparedFor(ctx, l, open)
	if err != nil {
		return nil, err
	}
	changes, err := codeChanges(ctx, inside(l).Readers())
	if err != nil {
		return nil, inside(l).Explain(err)
	}
	names := map[int64]string{}
	var paths []string
	for _, a := range open {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		names[a.Seq] = a.name() // a line that a later one has overtaken needs no answer of its own
		if last[a.name()] != a.Seq {
			continue
		}
		a.why.Problems = append(a.why.Problems, crossed[a.Seq]...)
		a.differences, a.recoded = compared[a.Seq], recodings(changes, a.Code)
		path := filepath.Join(dir, a.name())
		if err := writeReceipt(l, key, path, a, bundle.WordsOf(above)); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	// Only what stands on the disk is marked: a stick that fails is written again.
	if len(names) > 0 && !l.ReadOnly() {
		if err := MarkReceipts(ctx, l, names); err != nil {
			return paths, err
		}
	}
	_, err = inbox.WriteOut(ctx, l, key, dir)
	return paths, err
}

// ownKey refuses the key of another county: nobody takes a receipt that it signs.
func ownKey(ctx context.Context, l *store.Ledger, key *bundle.CountyKey) error {
	profile, err := send.Profile(ctx, l)
	if err != nil || profile == nil || key.Use(profile.PublicKey) {
		return err
	}
	w := bundle.WordsOf(profile.Level)
	return model.Errorf("E-KEY", "这不是本%s的密钥(校验数字 %s,台账里的是 %s),签的回执%s不认;请选择原来的 county.key",
		w.Own, bundle.CheckDigits(key.PublicKey()), bundle.CheckDigits(profile.PublicKey), w.There)
}

// answer is a line of the county's book that a receipt answers.
type answer struct {
	IntakeLine
	why         reasons
	differences []bundle.ReceiptDifference
	recoded     []bundle.Recoding
}

// reason is what those read who sent the bundle: of one that waits or waited also what they
// can do themselves. w are the words of the office that answers.
func (a answer) reason(w bundle.Words) string {
	again := send.WhatToDo + ",再导出一次"
	if w.Sums() {
		again = "数字不对的,核对以后再导出一次"
	}
	switch {
	case a.Verdict == Waiting:
		return w.Here() + "先没有收下," + w.Kept + "一点没动:" + a.why.Reason + "。请打电话向" + w.Caller + "说明;" + again
	case a.why.Code == codeReviewed:
		return a.why.Reason + "。" + again
	}
	return cmp.Or(a.why.Told, a.why.Reason)
}

func (a answer) name() string { return bundle.ReceiptName(a.Code, a.Month, a.Sequence, a.Hash) }

// toAnswer gives the lines whose bundles a known key has signed, with fresh only
// those not answered yet, and the last line of each bundle.
func toAnswer(book []IntakeLine, fresh bool) (open []answer, last map[string]int64, err error) {
	last = map[string]int64{}
	for _, i := range book {
		a := answer{IntakeLine: i}
		if err := json.Unmarshal(i.Reasons, &a.why); err != nil {
			return nil, nil, fmt.Errorf("intake %d: %w", i.Seq, err)
		}
		if !a.why.Signed {
			continue
		}
		last[a.name()] = i.Seq
		if !fresh || i.Receipt == "" {
			open = append(open, a)
		}
	}
	return open, last, nil
}

// crossProblems gives what the comparison of the record books (交叉核对) says to the
// organisations that are answered, by the line of the book: the last accepted of each.
func crossProblems(ctx context.Context, l *store.Ledger, open []answer) (map[int64][]Problem, error) {
	last := map[string]int64{}
	for _, a := range lastAccepted(open) {
		last[a.Code] = a.Seq
	}
	if len(last) == 0 {
		return nil, nil
	}
	found, err := CrossCheck(ctx, l)
	if err != nil {
		return nil, err
	}
	said := map[int64][]Problem{}
	for _, f := range found {
		for _, s := range f.Sides {
			if seq, ok := last[s.Code]; ok {
				said[seq] = append(said[seq], s.Problem(f.Code))
			}
		}
	}
	return said, nil
}

// lastAccepted gives the last line of each organisation whose bundle was taken in, by
// code.
func lastAccepted(open []answer) map[string]answer {
	last := map[string]answer{}
	for _, a := range open {
		if a.Verdict != Refused && a.Verdict != Waiting {
			last[a.Code] = a
		}
	}
	return last
}

// writeReceipt signs a receipt: with the key to which its bundle was encrypted, where that
// is still on hand, since that is the key which the village knows.
func writeReceipt(l *store.Ledger, key *bundle.CountyKey, path string, a answer, w bundle.Words) error {
	if known := key.Pair(a.why.To); known != nil {
		key = known
	}
	data, err := bundle.SealReceipt(bundle.Receipt{County: l.Home().Text(fieldName),
		Organization: bundle.Organization{ID: a.why.OrgID, Code: a.Code, Name: a.why.Name}, Month: a.Month, Sequence: a.Sequence, Hash: a.Hash,
		Handled: a.At, Number: a.Seq, Verdict: a.Verdict, Reason: a.reason(w), Code: a.why.Code, Unknown: a.why.Unknown, Problems: a.why.Problems, Differences: a.differences, Recoded: a.recoded}, key, l.Source().Now())
	if err != nil {
		return err
	}
	return explain(disk.WholeBytes(path, data), path)
}

// fieldName is the organisation's name in its record.
const fieldName = "name"
