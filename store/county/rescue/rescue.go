// Package rescue gives a village its ledger back from what the county holds of it.
package rescue

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/internal/raw"
	"taizhang/store/send"
)

// Rescued tells what Rescue gave a village back.
type Rescued struct {
	Path, Name string
	Month      model.Month   // of the last bundle accepted
	Sequence   int64         // its number; the next bundle's is higher
	Records    int           // without the deleted ones
	Missing    int           // records of the last bundle that the county had set aside: they are lost
	Closed     []model.Month // months whose closing was made again
	Private    bool          // whether ID numbers, phones and addresses came along
	Digits     string        // the check digits of the ledger's new key
}

// Step is told how far a rescue has come; nil hears nothing.
type Step func(done, all int, what string)

// fieldName is the organisation's name in its record.
const fieldName = "name"

// say tells a step: those of reading and writing the records, then one for each month.
func (s Step) say(done, months int, what string) {
	if s != nil {
		s(done, months+2, what)
	}
}

// Name is what a village's ledger is called when it is written for it: by code and
// name, so that it is told from others on a stick.
func Name(code, name string) string { return county.FolderName("台账_" + code + "_" + name + ".db") }

// Notes says sentence by sentence what the village gets back, and what it has to do.
func (r *Rescued) Notes() []string {
	notes := []string{fmt.Sprintf("已恢复“%s”的台账:%s", model.Clean(r.Name, false), r.Path),
		fmt.Sprintf("内容是%s第 %d 号报送包的,记录 %d 条;新的签名密钥校验数字 %s,它的下一个报送包照常接收", r.Month.Chinese(), r.Sequence, r.Records, r.Digits)}
	switch n := len(r.Closed); n {
	case 0:
		notes = append(notes, "结账没有补上(党员增减对不上),请村里在“月度上报”里重新核对")
	case 1:
		notes = append(notes, "已按名册补上结账:"+r.Closed[0].Chinese())
	default:
		notes = append(notes, fmt.Sprintf("已按名册补上结账:%s 到 %s", r.Closed[0].Chinese(), r.Closed[n-1].Chinese()))
	}
	if r.Missing > 0 {
		notes = append(notes, fmt.Sprintf("注意:那个报送包里有 %d 条记录当时没有收入,恢复不出,请村里补登", r.Missing))
	}
	if !r.Private {
		notes = append(notes, "注意:本县不收身份证号、电话和住址,恢复的台账里没有这几项,请村里补登")
	}
	return notes
}

// Rescue makes a village's ledger anew at path from what its last bundle left at the
// county: the same ids and rows, deleted ones too, the profile taken in, the numbers
// going on. It has a key of its own, which the county notes: its next bundle is
// accepted, and until then the old key holds too. each, where set, is told which of how
// many steps is begun, and what it is. *model.Error: E-UNKNOWN-UNIT when
// nothing was ever accepted of the code, E-NOTCOUNTY, those of store.Create.
func Rescue(ctx context.Context, l *store.Ledger, code, path string, each Step) (*Rescued, error) {
	known, err := county.KnownKeyOf(ctx, l, code)
	if err != nil {
		return nil, err
	}
	if known == nil || known.OrgID == "" {
		return nil, model.Errorf("E-UNKNOWN-UNIT", "没有接收过 %s 的报送包,县里没有它的记录,恢复不了;请核对代码", model.Clean(code, false))
	}
	profile, err := send.ProfileText(ctx, l)
	if err != nil {
		return nil, err
	}
	if profile == nil {
		return nil, model.Errorf("E-NOTCOUNTY", "“%s”不是县里的台账,这个命令用不了;请用 --db 写明 county init 建立的 county.db", l.Path())
	}
	p, err := send.Profile(ctx, l)
	if err != nil {
		return nil, err
	}
	out := &Rescued{Path: path, Sequence: known.Sequence, Private: p.Identity == bundle.IdentityWhole}
	r := county.Holding{Home: known.OrgID, Profile: profile}
	months, err := out.past(ctx, l, known, &r.Last)
	if err != nil {
		return nil, err
	}
	if out.Private { // a whole ledger, with its ID numbers
		err := l.NoteHandOut(ctx, store.HandedOut{Title: "恢复台账:" + known.Code, Purpose: "村里的台账丢了", Receiver: known.Code, File: path})
		if err != nil {
			return nil, err
		}
	}
	each.say(0, len(months), "正在读出它的记录")
	if r.Records, err = county.OrganisationRows(ctx, l, known.OrgID); err != nil {
		return nil, err
	}
	for _, rs := range r.Records {
		for _, rec := range rs {
			if rec.DeletedAt == "" {
				out.Records++
			}
		}
	}
	return out, out.build(ctx, l, code, r, months, each)
}

// past reads in the county's book what was accepted: the last bundle, and the months
// up to its, without a gap.
func (out *Rescued) past(ctx context.Context, l *store.Ledger, known *county.KnownKey, last *send.Sent) ([]model.Month, error) {
	*last = send.Sent{Sequence: known.Sequence, Hash: known.Hash, State: county.Accepted, Counts: map[string]int{}, CreatedAt: known.Since}
	book, err := county.IntakesOf(ctx, l, known.Code)
	if err != nil {
		return nil, err
	}
	accepted := map[model.Month]bool{}
	for _, i := range book {
		if i.Verdict != county.Accepted && i.Verdict != county.Partly {
			continue
		}
		accepted[i.Month] = true
		out.Month = max(out.Month, i.Month)
		if i.Sequence != known.Sequence || i.Hash != known.Hash {
			continue
		}
		if out.Missing, err = i.Missing(); err != nil {
			return nil, err
		}
		last.Month, last.File, last.FileHash, last.CreatedAt, last.State = i.Month, i.File, i.FileHash, i.At, i.Verdict
	}
	var months []model.Month
	for m := out.Month; m != "" && accepted[m]; m = m.Add(-1) {
		months = append(months, m)
	}
	slices.Reverse(months)
	if last.Month != "" {
		out.Month = last.Month
	}
	return months, nil
}

// build makes the ledger and notes its key; what is made is taken away when it fails.
func (out *Rescued) build(ctx context.Context, l *store.Ledger, code string, r county.Holding, months []model.Month, each Step) error {
	each.say(1, len(months), "正在写台账")
	v, err := county.Rebuild(ctx, out.Path, r, store.Options{Book: l.Inside(raw.Pass{}).Book(), Source: l.Source()})
	if err != nil {
		return err
	}
	err = func() error {
		out.Path, out.Name = v.Path(), v.Home().Text(fieldName)
		closing := func(n int, month model.Month) { each.say(2+n, len(months), "正在补上"+month.Chinese()+"的结账") }
		if out.Closed, err = county.CloseReported(ctx, v, months, "县里恢复", closing); err != nil {
			return err
		}
		public, err := send.PublicKey(ctx, v)
		if err != nil {
			return err
		}
		out.Digits = bundle.CheckDigits(public)
		return county.SetSuccessor(ctx, l, code, public, false)
	}()
	if err != nil {
		return errors.Join(err, v.Close(), store.Remove(out.Path))
	}
	return v.Close()
}
