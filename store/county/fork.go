package county

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/bundle"
	"taizhang/store/internal/raw"
)

// A bundle is taken if its ledger is the one that made the last bundle accepted (design.md
// §10, Forks). Else two copies of the ledger are at work, or an old backup was restored,
// and what was written down since would be lost without a word.

// The codes of a bundle that does not follow on the last one accepted of its unit.
const (
	codeFork     = "E-FORK"     // its ledger has not made that one
	codeRepeated = "E-REPEATED" // its number came before with other content; its program does not tell what its ledger made
)

// IsFork tells by the code of a refusal that the bundle is of a copy of the ledger, or of an
// old backup: LastFork gives what there is to know of it.
func IsFork(code string) bool { return code == codeFork || code == codeRepeated }

// Fork is what is known of a bundle that does not follow on the last one accepted.
type Fork struct {
	Last   ForkPoint  `json:"last"`             // the last bundle accepted
	Common *ForkPoint `json:"common,omitempty"` // the last one accepted on which it follows, nil for none known
	Loss   *Loss      `json:"loss"`             // what the county has and the bundle lacks
}

// ForkPoint is a bundle that was accepted.
type ForkPoint struct {
	Month    model.Month `json:"month"`
	Sequence int64       `json:"sequence"`
	At       string      `json:"at"` // YYYY-MM-DDThh:mm:ssZ
}

func (p ForkPoint) text() string {
	if p.Month == "" {
		return fmt.Sprintf("第 %d 号", p.Sequence)
	}
	return fmt.Sprintf("%s第 %d 号", p.Month.Chinese(), p.Sequence)
}

// followed compares a bundle with the line of those that are known of its ledger: the
// number is that of one, and the hash too.
func (r *reception) followed() (number, same bool) {
	for _, b := range r.known.Sent {
		if b.Sequence == r.in.Sequence {
			number = true
			same = same || b.Hash == r.in.Hash
		}
	}
	return number, same
}

// stray tells whether a bundle that was never accepted is of another line.
func (r *reception) stray(before handled) bool {
	if r.known == nil || r.let() {
		return false
	}
	number, same := r.followed()
	switch before {
	case handledLater:
		return number && !same
	case handledOther:
		return !same
	}
	m := &r.b.Package.Taizhang
	follows, sure := m.Follows(r.known.Sequence, r.known.Hash)
	return r.known.Hash != "" && sure && !follows
}

// inLine refuses a bundle of another line, and notes what the county would lose by it.
func (r *reception) inLine(ctx context.Context, before handled) error {
	if !r.stray(before) {
		return nil
	}
	f := Fork{Last: ForkPoint{Sequence: r.known.Sequence}}
	if err := r.points(ctx, &f); err != nil {
		return err
	}
	rows, err := r.readAnew() // those read ahead are judged already
	if err != nil {
		return r.fault(err)
	}
	loss, err := r.loss(ctx, rows)
	if err != nil {
		return err
	}
	f.Loss = loss
	r.in.Fork = &f
	code := codeFork
	if r.b.Package.Taizhang.Format == 1 {
		code = codeRepeated
	}
	number := r.in.Sequence
	return r.refuse(code, func(v voice) string {
		if v.sent {
			return f.forVillage(number)
		}
		return f.forClerk(number, before != handledNever)
	})
}

// points finds in the county's book what was accepted last, and on what the bundle follows.
func (r *reception) points(ctx context.Context, f *Fork) error {
	rows, err := inside(r.l).Readers().Query(ctx, "SELECT "+intakeColumns+", '' FROM intake WHERE code = ? AND hash IS NOT NULL AND verdict IN (SELECT value FROM json_each(?)) ORDER BY seq",
		r.in.Code, raw.List([]string{Accepted, Partly}))
	book, err := scanIntakes(rows, err)
	if err != nil {
		return inside(r.l).Explain(err)
	}
	m := &r.b.Package.Taizhang
	for i := range book {
		p := ForkPoint{book[i].Month, book[i].Sequence, book[i].At}
		if book[i].Hash == r.known.Hash {
			f.Last = p
		}
		if slices.ContainsFunc(m.Sent, func(b bundle.Before) bool { return b.Hash == book[i].Hash }) {
			f.Common = &p
		}
	}
	return nil
}

// forClerk says at the county what is wrong and what to do. repeated tells that the number
// was another bundle's.
func (f *Fork) forClerk(sequence int64, repeated bool) string {
	text := "这个包不是接着县里最后收下的" + f.Last.text() + "做的"
	switch {
	case repeated:
		text += fmt.Sprintf(",序号 %d 以前用过,内容不同", sequence)
	case f.Common != nil:
		text += ",只接到" + f.Common.text()
	}
	return text + ",收下会丢掉那以后的记录,没有接收。两种可能:一是台账拷成了两份,两台电脑都在记;二是台账从旧备份恢复过。" +
		"请打电话问村里:两台电脑的,定下只用一台,把另一台多记的补到这一台,再从这一台导出;旧备份的,有更新的备份就恢复它,没有的由县里恢复一份,或补登缺的再导出。" +
		"村里定下用做这个包的这一份的,看清会少什么再放行"
}

// forVillage says the same in the village, which knows nothing of the county's program.
func (f *Fork) forVillage(sequence int64) string {
	text := fmt.Sprintf("第 %d 号包县里没有收:县里最后收下的是本村%s", sequence, f.Last.text())
	if day := localDay(f.Last.At); day != "" {
		text += "(" + day.Chinese() + "收到)"
	}
	return text + ",这个包却不是接着它做的,收下会丢掉那以后登记的记录。只有两种可能:\n" +
		"一、台账拷到了另一台电脑,两台都在记:请定下只用一台,把另一台上多登记的补到这一台,以后只从这一台导出。\n" +
		"二、本机的台账从旧备份恢复过:有更新的备份,就再恢复那一份;没有的,请县里把上次报的恢复一份发回来,或照纸质材料补登缺的。\n" +
		"不论哪一种,先打电话告诉县(市)委组织部,弄好以后再导出一次"
}

// let tells whether a clerk has let the bundle in, though it does not follow: one of the
// ledger whose bundle he looked at, or of any where it was trusted under a new key. A
// program that does not say what its ledger made is believed.
func (r *reception) let() bool {
	k := r.known
	if k == nil || !k.Restored || k.Successor != "" && !r.succeeds() {
		return false
	}
	m := &r.b.Package.Taizhang
	a := k.Allowed
	return a == nil || m.Format == 1 || a.Hash == r.in.Hash ||
		slices.ContainsFunc(m.Sent, func(b bundle.Before) bool { return b.Hash == a.Hash })
}

// granted gives the permission by which a bundle comes in, nil for none that was needed.
func (r *reception) granted() *Allowance {
	if r.known == nil || !r.let() {
		return nil
	}
	return r.known.Allowed
}

// keptSent bounds what is remembered of a unit's bundles.
const keptSent = 2 * bundle.MaxSent

// lineage gives the bundles that are known to be of the ledger, once this one is accepted,
// or of one that was let go for it: their files may lie on a stick for long.
func (r *reception) lineage() []bundle.Before {
	m := &r.b.Package.Taizhang
	all := append([]bundle.Before{{Sequence: r.in.Sequence, Hash: r.in.Hash}}, m.Sent...)
	if r.known != nil {
		all = append(all, r.known.Sent...)
	}
	seen := map[string]bool{}
	all = slices.DeleteFunc(all, func(b bundle.Before) bool {
		again := seen[b.Hash]
		seen[b.Hash] = true
		return again
	})
	model.Sort(all, func(a, b bundle.Before) int { return cmp.Compare(b.Sequence, a.Sequence) })
	return all[:min(len(all), keptSent)]
}

// How a unit's ledger came to be another than the one that reported last.
const (
	ForkCopy     = "两台电脑"
	ForkRestored = "旧备份"
)

// Allowance is a clerk's permission: the next bundle of the ledger that made a refused one
// comes in, though it does not follow.
type Allowance struct {
	As   string `json:"as"`   // ForkCopy, ForkRestored
	Hash string `json:"hash"` // of the refused bundle's datapackage.json
	At   string `json:"at"`   // YYYY-MM-DDThh:mm:ssZ
	By   string `json:"by"`
	Loss *Loss  `json:"loss,omitempty"` // what the clerk was shown
}

// text says in the county's book by what the bundle came in.
func (a *Allowance) text() string {
	if a.As == ForkCopy {
		return "台账在两台电脑上,看过会少什么,放行了这一份"
	}
	return "台账从旧备份恢复,看过会少什么后放行"
}

// Forked is the last bundle of a unit that was refused since it does not follow on the last
// one accepted.
type Forked struct {
	Code, Name string
	Month      model.Month
	Sequence   int64
	At, File   string // when it was refused, and its name
	Fork       *Fork

	hash string
}

// Story tells how the bundle stands to what was accepted.
func (f *Forked) Story() string {
	text := "县里最后收下的是" + f.Fork.Last.text()
	if day := localDay(f.Fork.Last.At); day != "" {
		text += "(" + day.Chinese() + "收到)"
	}
	if f.Fork.Last.Sequence == f.Sequence {
		text += ",退回的这个号码相同,内容不同"
	}
	if f.Fork.Common == nil {
		return text + ",不是接着它做的"
	}
	return text + ",只接到" + f.Fork.Common.text()
}

// LastFork gives the bundle of a unit that AllowFork would let in. *model.Error:
// E-UNKNOWN-UNIT when nothing was ever accepted of the unit, E-NOCHANGE when no such bundle
// was refused, E-STALE when another was accepted since, or the refusal does not tell what
// would be lost: then the bundle has to be received once more.
func LastFork(ctx context.Context, l *store.Ledger, code string) (*Forked, error) {
	known, err := KnownKeyOf(ctx, l, code)
	if err != nil {
		return nil, err
	}
	if known == nil {
		return nil, unknownUnit(code)
	}
	book, err := IntakesOf(ctx, l, code)
	if err != nil {
		return nil, err
	}
	overtaken := ""
	for _, line := range slices.Backward(book) {
		if line.Verdict == Accepted || line.Verdict == Partly {
			overtaken = cmp.Or(overtaken, fmt.Sprintf("退回以后又收下了第 %d 号", line.Sequence))
			continue
		}
		why, err := readReasons(&line)
		if err != nil {
			return nil, err
		}
		switch {
		case line.Verdict != Refused || !IsFork(why.Code):
			continue
		case overtaken != "" && slices.ContainsFunc(known.Sent, func(b bundle.Before) bool { return b.Hash == line.Hash }):
			continue // it has found its place
		case overtaken != "" || why.Fork == nil:
			return nil, model.Errorf("E-STALE", "%s,会少什么要重新算:请把退回的包(第 %d 号)再收一次,看过再放行", cmp.Or(overtaken, "退回时还没有算会少什么"), line.Sequence)
		}
		return &Forked{Code: code, Name: model.Clean(why.Name, false), Month: line.Month, Sequence: line.Sequence, At: line.At, File: line.File, Fork: why.Fork, hash: line.Hash}, nil
	}
	return nil, model.Errorf("E-NOCHANGE", "%s 没有因为“两台电脑”或“旧备份”退回的报送包,不用放行;请核对代码", model.Clean(code, false))
}

// AllowFork lets the next bundle of the ledger in that made the refused one: f is what was
// shown of it, as is ForkCopy or ForkRestored. *model.Error as LastFork, E-STALE also when
// the book has changed since f was read.
func AllowFork(ctx context.Context, l *store.Ledger, f *Forked, as string) error {
	now, err := LastFork(ctx, l, f.Code)
	if err != nil {
		return err
	}
	if now.hash != f.hash || now.At != f.At {
		return model.Errorf("E-STALE", "这个单位又来了新的报送包,请重新看过再放行")
	}
	return inside(l).Write(ctx, func(ctx context.Context, t *store.Tx) error {
		text, err := json.Marshal(Allowance{As: as, Hash: f.hash, At: t.Stamp(), By: inside(l).By(), Loss: f.Fork.Loss})
		if err != nil {
			return fmt.Errorf("known key: %w", err)
		}
		if err := t.Exec(ctx, "UPDATE known_key SET restored = 1, allowed = ? WHERE code = ?", string(text), f.Code); err != nil {
			return fmt.Errorf("known key: %w", err)
		}
		return nil
	})
}
