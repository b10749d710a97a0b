package county

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

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
		a.differences, a.recoded, a.above = compared[a.Seq], recodings(changes, a.Code), above != ""
		path := filepath.Join(dir, a.name())
		if err := writeReceipt(l, key, path, a); err != nil {
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
	return model.Errorf("E-KEY", "这不是本县的密钥(校验数字 %s,台账里的是 %s),签的回执村里不认;请选择原来的 county.key",
		bundle.CheckDigits(key.PublicKey()), bundle.CheckDigits(profile.PublicKey))
}

// answer is a line of the county's book that a receipt answers.
type answer struct {
	IntakeLine
	why         reasons
	differences []bundle.ReceiptDifference
	recoded     []bundle.Recoding
	above       bool // an office above counties answers
}

// reason is what the village reads: of a bundle that waits or waited also what it can do
// itself.
func (a answer) reason() string {
	if a.above {
		return a.reasonBelow()
	}
	switch {
	case a.Verdict == Waiting:
		return "县里先没有收下,记录一点没动:" + a.why.Reason + "。请打电话向县(市)委组织部说明;" + send.WhatToDo + ",再导出一次"
	case a.why.Code == codeReviewed:
		return a.why.Reason + "。" + send.WhatToDo + ",再导出一次"
	case a.Verdict == Refused:
		return forVillage(a.why.Code, a.why.Reason, a.Sequence, a.why.Fork)
	}
	return a.why.Reason
}

// forVillage says why a bundle was refused to those who made it: the county's reason speaks
// of them, and of commands that they do not have. f may be nil.
func forVillage(code, reason string, sequence int64, f *Fork) string {
	switch {
	case f != nil:
		return f.forVillage(sequence)
	case code == codeRepeated: // refused by a program that did not look further
		return fmt.Sprintf("第 %d 号包县里没有收:这个序号以前收过,内容不同。台账可能拷到了两台电脑上都在记,或者从旧备份恢复过;请打电话与县(市)委组织部核实,弄好以后再导出一次", sequence)
	}
	if said := wordsForVillage[code]; said != "" {
		return said
	}
	return ourWords.Replace(reason)
}

// wordsForVillage are the reasons that speak of what only the county can do, by code.
var wordsForVillage = map[string]string{
	bundle.CodeNewer: "县里的程序比本村的旧,打不开这个包,没有接收;请打电话告诉县(市)委组织部更新程序,更新后把这个包再交一次",
	"E-NOT-LISTED":   "本组织的代码不在县里的单位名单里,没有接收;请核对“设置”里的组织代码,代码没有错的,请打电话请县(市)委组织部补进名单,再报一次",
	"E-KEY-CHANGED":  "签名的密钥与以前的不同,没有接收;请打电话与县(市)委组织部核对八位校验数字(在“设置”里),由县里认可以后再报一次",
	"E-OWN":          "报送包用的是县里的组织代码,没有接收;请核对“设置”里的组织代码",
}

// ourWords turns what is said at the county about a village into what is said to it.
var ourWords = strings.NewReplacer("请更新本程序,或让村里重新导出", "请打电话告诉县(市)委组织部", "请让村里", "请", "村里的台账", "本村的台账", "村里电脑", "本村电脑", "请在村里打开", "请打开")

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
func writeReceipt(l *store.Ledger, key *bundle.CountyKey, path string, a answer) error {
	if known := key.Pair(a.why.To); known != nil {
		key = known
	}
	data, err := bundle.SealReceipt(bundle.Receipt{County: l.Home().Text(fieldName),
		Organization: bundle.Organization{ID: a.why.OrgID, Code: a.Code, Name: a.why.Name}, Month: a.Month, Sequence: a.Sequence, Hash: a.Hash,
		Handled: a.At, Number: a.Seq, Verdict: a.Verdict, Reason: a.reason(), Code: a.why.Code, Unknown: a.why.Unknown, Problems: a.why.Problems, Differences: a.differences, Recoded: a.recoded}, key, l.Source().Now())
	if err != nil {
		return err
	}
	return explain(disk.WholeBytes(path, data), path)
}

// fieldName is the organisation's name in its record.
const fieldName = "name"
