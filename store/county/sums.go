package county

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/count"
	"taizhang/store/office"
	"taizhang/store/send"
)

// An office above counties takes in their sums (store/office) where a county takes in
// records: by the same checks in the same order. A county's bundle holds one month alone, so
// that an older number is taken in where it is the newest of its month.

// takeSums takes a bundle of sums in: what passes the checks is written, or waits for a
// clerk.
func (r *reception) takeSums(ctx context.Context) error {
	s, late, err := r.checkSums(ctx)
	if err != nil || s == nil {
		return err
	}
	if r.lost, err = r.lookTwiceAtSums(ctx, s); err != nil {
		return err
	}
	if r.lost != nil {
		return r.wait(ctx, r.lost)
	}
	return r.writeSums(ctx, s, late)
}

// checkSums runs the checks and gives what passes, nil where nothing is to be done. late
// tells that later bundles of the sender were taken in before. It writes nothing.
func (r *reception) checkSums(ctx context.Context) (s *office.Sums, late bool, err error) {
	data, err := r.unwrap(ctx)
	if data == nil || err != nil {
		return nil, false, err
	}
	if r.b, err = bundle.OpenSums(data); r.b != nil && r.b.Signed {
		if err := r.recognise(ctx); err != nil {
			return nil, false, err
		}
	}
	if err != nil {
		return nil, false, r.fault(err)
	}
	if err := r.admit(ctx); err != nil {
		return nil, false, err
	}
	if err := r.level(); err != nil {
		return nil, false, err
	}
	before, err := r.handledBefore(ctx)
	if err != nil || before == handledSame {
		return nil, false, err
	}
	if err := r.bounds(); err != nil {
		return nil, false, err
	}
	if done, err := r.undecided(ctx); done || err != nil {
		return nil, false, err
	}
	m := r.b.Package.Taizhang.Sums
	if err := r.tablesAre(bundle.SumResources(m.Level, m.Detail)); err != nil {
		return nil, false, err
	}
	if s, err = office.Parse(r.b); err != nil {
		return nil, false, r.fault(err)
	}
	s.Code = r.in.Code
	if err := r.inLineAbove(ctx, before); err != nil {
		return nil, false, err
	}
	if done, err := r.overtaken(ctx, before); done || err != nil {
		return nil, false, err
	}
	return s, before != handledNever, nil
}

// level refuses the sums of an office that is not right below this one. A county under a
// province alone (省直管) stands on its list: what a city has added up is not counted twice.
func (r *reception) level() error {
	theirs := r.b.Package.Taizhang.Sums.Level
	switch {
	case r.above == bundle.LevelCity && theirs == bundle.LevelCounty, r.above == bundle.LevelProvince && theirs == bundle.LevelCity:
		return nil
	case r.above == bundle.LevelProvince && theirs == bundle.LevelCounty:
		if r.unit != nil {
			return nil
		}
		return r.refuse("E-LEVEL", "这是县级的汇总,省里收的是地市的,没有接收;请让它报给所在的地市。省直管的县,先把它补进单位名单(taizhang county roll)再收")
	}
	return r.refuse("E-LEVEL", "这是%s级的汇总,本级(%s)只收下一级的,没有接收;请核对是不是拿错了文件", theirs, r.above)
}

// inLineAbove refuses a bundle of another line: two copies of the sender's ledger are at
// work, or an old backup was restored.
func (r *reception) inLineAbove(ctx context.Context, before handled) error {
	if !r.stray(before) {
		return nil
	}
	f := Fork{Last: ForkPoint{Sequence: r.known.Sequence}, Loss: &Loss{Kinds: []KindLoss{}}}
	if err := r.points(ctx, &f); err != nil {
		return err
	}
	r.in.Fork = &f
	text := "这个包不是接着本级最后收下的" + f.Last.text() + "做的"
	switch {
	case before != handledNever:
		text += fmt.Sprintf(",序号 %d 以前用过,内容不同", r.in.Sequence)
	case f.Common != nil:
		text += ",只接到" + f.Common.text()
	}
	return r.refuse(codeFork, "%s,没有接收。两种可能:一是对方的台账拷成了两份,两台电脑都在用;二是台账从旧备份恢复过。请打电话问对方,定下用哪一份;定下用做这个包的这一份的,再放行", text)
}

// overtaken passes over an older number of a month of which a later one was taken in, and
// refuses one of which it is not known that the sender's ledger made it.
func (r *reception) overtaken(ctx context.Context, before handled) (done bool, err error) {
	if before == handledNever {
		return false, nil
	}
	have, err := office.StandingOf(ctx, r.l, r.in.Code, r.in.Month)
	if err != nil {
		return false, err
	}
	if have != nil && have.Sequence > r.in.Sequence {
		r.in.Verdict, r.in.Reason = Already, fmt.Sprintf("%s已收过更新的(第 %d 号),这次跳过", r.in.Month.Chinese(), have.Sequence)
		return true, nil
	}
	if _, same := r.followed(); !same {
		return false, r.refuse("E-ORDER", "第 %d 号比已接收的第 %d 号旧,后来的包里没有提到它,认不准是不是同一本台账做的,没有接收;请让对方把%s重新导出一次",
			r.in.Sequence, r.known.Sequence, r.in.Month.Chinese())
	}
	return false, nil
}

// What a bundle of sums can shrink by, as send.Lost names it.
const (
	lostUnits = "单位"
	lostTowns = "乡镇"
)

// lookTwiceAtSums gives by how much the sums are of fewer units than those that stand of the
// month, or of the newest one: a clerk decides on it.
func (r *reception) lookTwiceAtSums(ctx context.Context, s *office.Sums) (*send.Lost, error) {
	if r.known == nil || r.asked != "" {
		return nil, nil
	}
	have, err := office.StandingOf(ctx, r.l, s.Code, s.Month)
	if err != nil {
		return nil, err
	}
	if have == nil {
		newest, err := office.NewestOf(ctx, r.l, s.Code)
		if err != nil || newest == "" {
			return nil, err
		}
		if have, err = office.StandingOf(ctx, r.l, s.Code, newest); err != nil {
			return nil, err
		}
	}
	units, towns := 0, 0
	for i := range s.Groups {
		switch s.Groups[i].Kind {
		case office.KindAll:
			units = s.Groups[i].Units
		case office.KindTownship:
			towns++
		}
	}
	lost := send.NothingLost()
	lost.Shrink(lostUnits, have.Whole.Units, have.Whole.Units-units)
	lost.Shrink(lostTowns, have.Towns, have.Towns-towns)
	if lost.None() {
		return nil, nil
	}
	return lost, nil
}

// writeSums puts the sums in the place of what stands of the month and notes the bundle, in
// one transaction. The key and the number that are known go forward only.
func (r *reception) writeSums(ctx context.Context, s *office.Sums, late bool) error {
	have, err := office.StandingOf(ctx, r.l, s.Code, s.Month)
	if err != nil {
		return err
	}
	r.in.signed, r.in.Verdict = true, Accepted
	i := slices.IndexFunc(s.Groups, func(g office.Group) bool { return g.Kind == office.KindAll })
	detail := map[string]string{bundle.DetailTownship: "乡镇", bundle.DetailUnit: "单位"}[s.Detail]
	r.in.Sums = fmt.Sprintf("%d 个单位的汇总数字(应报 %d,实报 %d),细到%s", s.Groups[i].Units, s.Due, s.In, detail)
	if have != nil {
		seal, err := count.SealOf(ctx, r.l, s.Month)
		if err != nil {
			return err
		}
		r.in.Corrected = &office.Correction{Code: s.Code, Name: r.in.Name, Month: s.Month, From: have.Sequence, To: s.Sequence, Closed: seal != nil,
			Changes: office.Changes(have.Whole.Values, s.Groups[i].Values, s.Figures)}
	}
	line, err := r.line(Accepted)
	if err != nil {
		return err
	}
	m := &r.b.Package.Taizhang
	key := KnownKey{Code: r.in.Code, PublicKey: m.PublicKey, OrgID: m.Organization.ID, Sequence: r.in.Sequence, Hash: r.in.Hash, Sent: r.lineage()}
	return inside(r.l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		if err := overtake(ctx, t, line); err != nil {
			return err
		}
		if !late {
			if err := setKnownKey(ctx, t, key); err != nil {
				return err
			}
		}
		if err := office.Put(ctx, t, s); err != nil {
			return err
		}
		return noteIntake(ctx, t, line)
	})
}

// Corrections gives what those below have corrected of a month (office.Corrections), and
// says of each whether this office has closed the month before and not again since.
func Corrections(ctx context.Context, l *store.Ledger, month model.Month) ([]office.Correction, error) {
	all, err := office.Corrections(ctx, l, month)
	if err != nil || len(all) == 0 {
		return all, err
	}
	seal, err := count.SealOf(ctx, l, month)
	if err != nil || seal == nil {
		return all, err
	}
	lines, err := Intakes(ctx, l, month)
	if err != nil {
		return nil, err
	}
	for i := range all {
		c := &all[i]
		c.Closed = slices.ContainsFunc(lines, func(line IntakeLine) bool {
			return line.Code == c.Code && line.Sequence == c.To && line.after(seal)
		})
	}
	return all, nil
}

// aboveWords turns what a county says of its villages into what an office above says of
// those below it.
var aboveWords = strings.NewReplacer("请让村里", "请让对方", "村里的台账", "对方的台账", "村里电脑", "对方电脑", "县里电脑", "本级电脑", "县里的", "本级的", "县里调准", "本级调准",
	"县里打不开", "本级打不开", "拷贝了别村的台账", "拷贝了别处的台账", "本县", "本级", "村里", "对方")

// belowWords turns it into what is said to those below.
var belowWords = strings.NewReplacer("请更新本程序,或让对方重新导出", "请打电话告诉上级", "请让对方", "请", "对方的台账", "本级的台账", "对方电脑", "本级电脑", "本级电脑", "上级电脑", "本级的", "上级的")

// wordsBelow are the reasons that speak of what only the office above can do, by code.
var wordsBelow = map[string]string{
	bundle.CodeNewer: "上级的程序比本级的旧,打不开这个包,没有接收;请打电话告诉上级更新程序,更新后把这个包再交一次",
	"E-NOT-LISTED":   "本级的代码不在上级的单位名单里,没有接收;请核对代码,代码没有错的,请打电话请上级补进名单,再报一次",
	"E-KEY-CHANGED":  "签名的密钥与以前的不同,没有接收;请打电话与上级核对八位校验数字,由上级认可以后再报一次",
	"E-OWN":          "报送包用的是上级的组织代码,没有接收;请核对本级的组织代码",
	codeFork: "上级没有收:这个包不是接着上级最后收下的那一个做的。本级的台账可能拷到了两台电脑上都在用,或者从旧备份恢复过;" +
		"请打电话告诉上级,定下用哪一份,再导出一次",
}

// reasonBelow is what those below read of their bundle.
func (a answer) reasonBelow() string {
	switch {
	case a.Verdict == Waiting:
		return "上级先没有收下,原来的数字一点没动:" + a.why.Reason + "。请打电话向上级说明;数字不对的,核对以后再导出一次"
	case a.why.Code == codeReviewed:
		return a.why.Reason + "。请核对以后再导出一次"
	case a.Verdict != Refused:
		return a.why.Reason
	}
	return toBelow(a.why.Code, a.why.Reason)
}

// toBelow says why a bundle was refused to those who made it.
func toBelow(code, reason string) string {
	if said := wordsBelow[code]; said != "" {
		return said
	}
	return belowWords.Replace(reason)
}

// speakAbove gives what is wrong with a bundle in the words of an office above counties.
func speakAbove(known *model.Error) *model.Error {
	own := *known
	own.Message = aboveWords.Replace(known.Message)
	return &own
}
