package county

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/count"
	"taizhang/store/office"
	"taizhang/store/send"
)

// A closed month is corrected by closing it again (更正封账): what was closed before stays,
// with who closed it, when and why. What has arrived since the last closing, and what would
// be otherwise, is said before.

// Arrival is the last bundle of a closed month that was accepted of a unit after the month
// was closed: its numbers are not in what was closed.
type Arrival struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	At       string `json:"at"` // YYYY-MM-DDThh:mm:ssZ
	Sequence int64  `json:"sequence"`
}

// Text says it in a line: 石桥村党支部 第 3 号.
func (a Arrival) Text() string {
	return fmt.Sprintf("%s 第 %d 号", model.Clean(cmp.Or(a.Name, a.Code), false), a.Sequence)
}

// Reclosing is what closing a closed month again makes otherwise.
type Reclosing struct {
	Month   model.Month     `json:"month"`
	Stands  Closing         `json:"stands"`  // the closing that stands, without Changes
	Arrived []Arrival       `json:"arrived"` // since
	Due     int             `json:"due"`     // 应报, as it is now
	In      int             `json:"in"`      // 实报
	Changes []office.Change `json:"changes"` // of the whole
	// Lacking names the figures of which less is known than when the month was closed: what
	// has no day, of units that have not reported it and of which a later month came since.
	Lacking []string `json:"lacking,omitempty"`
	// Same tells that nothing would be otherwise, in no split either.
	Same bool `json:"same"`
}

// Closing is one closing of a month.
type Closing struct {
	Number int    `json:"number"` // 1 for the first
	At     string `json:"at"`     // YYYY-MM-DDThh:mm:ssZ
	By     string `json:"by"`
	Reason string `json:"reason,omitempty"` // "" for the first
	Due    int    `json:"due"`
	In     int    `json:"in"`
	// Changes are those of the whole to the closing before; none of the first.
	Changes []office.Change `json:"changes,omitempty"`

	closed string
}

// Text says which it is, when it was and by whom, and why: 第2次封账:2026-11-20 10:00
// 张三,应报 4,实报 4,原因:石桥村补报.
func (c *Closing) Text() string {
	text := fmt.Sprintf("第%d次封账:%s", c.Number, c.Brief())
	if c.Reason != "" {
		text += ",原因:" + c.Reason
	}
	return text
}

// Brief says when it was, by whom and who had reported.
func (c *Closing) Brief() string {
	return fmt.Sprintf("%s %s,应报 %d,实报 %d", c.closed, c.By, c.Due, c.In)
}

func closingOf(s *count.Seal, f *count.Frozen) Closing {
	c := Closing{Number: s.Number, At: s.At, By: model.Clean(s.By, false), Reason: model.Clean(s.Reason, false), closed: s.Closed()}
	if f.Returns != nil {
		c.Due, c.In = f.Returns.Due, f.Returns.In
	}
	return c
}

// Closings gives all closings of a month, the first first, each with what it made
// otherwise; none of a month that is open. *model.Error E-SEAL-FORMAT for what a newer
// program closed.
func Closings(ctx context.Context, l *store.Ledger, month model.Month) ([]Closing, error) {
	seals, err := count.Seals(ctx, l, month)
	if err != nil {
		return nil, err
	}
	all := []Closing{}
	var before *count.Frozen
	for _, s := range seals {
		f, err := s.Open()
		if err != nil {
			return nil, err
		}
		c := closingOf(s, f)
		if before != nil {
			c.Changes = changed(before, f)
		}
		all, before = append(all, c), f
	}
	return all, nil
}

// changed compares the wholes of two closings.
func changed(before, after *count.Frozen) []office.Change {
	whole := func(f *count.Frozen) office.Numbers {
		if len(f.Splits[""]) == 0 {
			return nil
		}
		return f.Splits[""][0].Values
	}
	var figures []office.Figure
	known := map[string]bool{}
	for _, lines := range [][]count.Line{after.Indicators, before.Indicators} {
		for _, i := range lines {
			for _, e := range i.Figures {
				if name := i.Code + "." + e.Key; !known[name] {
					known[name] = true
					figures = append(figures, office.Figure{Indicator: i.Code, Key: e.Key, Title: e.Title, Unit: e.Unit})
				}
			}
		}
	}
	return office.Changes(whole(before), whole(after), figures)
}

// lacking names the figures of which the later of two closings knows less.
func lacking(before, after *count.Frozen) (all []string) {
	if len(before.Splits[""]) == 0 || len(after.Splits[""]) == 0 {
		return nil
	}
	was, is := before.Splits[""][0].Lacks, after.Splits[""][0].Lacks
	for _, i := range after.Indicators {
		for _, e := range i.Figures {
			if name := i.Code + "." + e.Key; is[name] > was[name] {
				all = append(all, i.Code+" "+e.Title)
			}
		}
	}
	return all
}

// LookAgain tells what closing a closed month again would make otherwise. It writes
// nothing. *model.Error: E-COUNTY in a village's ledger, E-SEAL-OPEN for a month that is
// not closed, E-SEAL-FORMAT for what a newer program closed.
func LookAgain(ctx context.Context, l *store.Ledger, month model.Month) (*Reclosing, error) {
	if err := mustReceive(ctx, l); err != nil {
		return nil, err
	}
	seal, err := count.SealOf(ctx, l, month)
	if err != nil {
		return nil, err
	}
	if seal == nil {
		return nil, count.ErrOpen(month)
	}
	stands, err := seal.Open()
	if err != nil {
		return nil, err
	}
	ask, _, err := asked(ctx, l, count.Ask{Month: month})
	if err != nil {
		return nil, err
	}
	now, err := count.Freeze(ctx, l, ask)
	if err != nil {
		return nil, err
	}
	r := &Reclosing{Month: month, Stands: closingOf(seal, stands), Changes: changed(stands, now), Lacking: lacking(stands, now)}
	if now.Returns != nil {
		r.Due, r.In = now.Returns.Due, now.Returns.In
	}
	if r.Arrived, err = Arrived(ctx, l, month); err != nil {
		return nil, err
	}
	r.Same, err = keepsSame(stands, now)
	return r, err
}

// Text states what closing the month again would make otherwise, a line each.
func (r *Reclosing) Text() []string {
	all := []string{r.Stands.Text()}
	if n := len(r.Arrived); n > 0 {
		all = append(all, fmt.Sprintf("封账以后又收下 %d 个报送包:", n))
		for _, a := range r.Arrived {
			all = append(all, "  "+a.Text())
		}
	}
	all = append(all, "再封一次:"+r.Gist())
	for _, c := range r.Changes {
		all = append(all, "  "+model.Clean(c.Text(), false))
	}
	if text := r.Less(); text != "" {
		all = append(all, text)
	}
	return all
}

// Gist says in a sentence how much would be otherwise.
func (r *Reclosing) Gist() string {
	text := fmt.Sprintf("合计里变 %d 个数", len(r.Changes))
	switch {
	case r.Same:
		return "没有变化,不用更正"
	case len(r.Changes) == 0:
		text = "合计的数都不变,分列里有变的"
	}
	if r.Due != r.Stands.Due {
		text += fmt.Sprintf(",应报 %d → %d", r.Stands.Due, r.Due)
	}
	if r.In != r.Stands.In {
		text += fmt.Sprintf(",实报 %d → %d", r.Stands.In, r.In)
	}
	return text
}

// Less says of which figures less is known than when the month was closed, "" for none.
func (r *Reclosing) Less() string {
	if len(r.Lacking) == 0 {
		return ""
	}
	return "注意:没有报这个月、后来又报了别的月份的单位,下面这些项当时的数已经没有了,再封就不算它们的:" + strings.Join(r.Lacking, "、")
}

// After says what is to be done once the month was closed again: where it had gone up
// before, it has to go up again; "" where nothing is.
func (r *Reclosing) After(ctx context.Context, l *store.Ledger) (string, error) {
	sent, err := send.SentBundles(ctx, l)
	if err != nil || !slices.ContainsFunc(sent, func(b send.Sent) bool { return b.Month == r.Month && !b.Plain }) {
		return "", err
	}
	return r.Month.Chinese() + "报过上级,更正的数要再报一次,上级按差额看得出", nil
}

// keepsSame tells whether two closings keep the same numbers of the same units, as they are
// kept. Which later months have come is none of it.
func keepsSame(a, b *count.Frozen) (bool, error) {
	var texts [2]any
	for i, f := range []*count.Frozen{a, b} {
		var who []any
		if r := f.Returns; r != nil {
			who = []any{r.Due, r.In, r.Reported}
		}
		text, err := json.Marshal([]any{f.Splits, f.Upward, f.Period, who})
		if err == nil {
			err = json.Unmarshal(text, &texts[i])
		}
		if err != nil {
			return false, fmt.Errorf("compare closings: %w", err)
		}
	}
	return reflect.DeepEqual(texts[0], texts[1]), nil
}

// Arrived gives the bundles of a closed month that were accepted after it was closed last,
// one a unit, the first first; none of a month that is open.
func Arrived(ctx context.Context, l *store.Ledger, month model.Month) ([]Arrival, error) {
	seal, err := count.SealOf(ctx, l, month)
	if err != nil || seal == nil {
		return []Arrival{}, err
	}
	lines, err := Intakes(ctx, l, month)
	if err != nil {
		return nil, err
	}
	all := []Arrival{}
	for i := range lines {
		line := &lines[i]
		if !line.after(seal) {
			continue
		}
		var why reasons
		if err := json.Unmarshal(line.Reasons, &why); err != nil {
			return nil, fmt.Errorf("intake %d: %w", line.Seq, err)
		}
		all = slices.DeleteFunc(all, func(a Arrival) bool { return a.Code == line.Code })
		all = append(all, Arrival{Code: line.Code, Name: why.Name, At: line.At, Sequence: line.Sequence})
	}
	return all, nil
}

// after tells a bundle that was accepted after a month was closed.
func (i *IntakeLine) after(s *count.Seal) bool {
	if i.Verdict != Accepted && i.Verdict != Partly {
		return false
	}
	if s.Intake < 0 { // an older program closed it
		return i.At > s.At
	}
	return i.Seq > s.Intake
}

// ArrivedCounts gives for each closed month of how many units bundles of it were accepted
// after it was closed last; nothing of months without.
func ArrivedCounts(ctx context.Context, l *store.Ledger) (map[model.Month]int, error) {
	rows, err := inside(l).Readers().Query(ctx, `SELECT s.month, count(DISTINCT i.code) FROM intake i JOIN month_seal s ON s.month = i.month
		WHERE i.verdict IN (?1, ?2) AND CASE WHEN s.intake IS NULL THEN i.at > s.sealed_at ELSE i.seq > s.intake END GROUP BY s.month`, Accepted, Partly)
	if err != nil {
		return nil, inside(l).Explain(fmt.Errorf("arrived since: %w", err))
	}
	defer rows.Close()
	all := map[model.Month]int{}
	for rows.Next() {
		var month model.Month
		var n int
		if err := rows.Scan(&month, &n); err != nil {
			return nil, inside(l).Explain(fmt.Errorf("arrived since: %w", err))
		}
		all[month] = n
	}
	return all, inside(l).Explain(rows.Err())
}

// LateText says of bundles just taken in which are of a month that is closed, a sentence a
// month, nil for none.
func LateText(ctx context.Context, l *store.Ledger, all []Intake) ([]string, error) {
	sealed, err := count.SealedMonths(ctx, l)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, m := range slices.Backward(sealed) {
		n := 0
		for i := range all {
			if all[i].Month == m && (all[i].Verdict == Accepted || all[i].Verdict == Partly) {
				n++
			}
		}
		if n > 0 {
			texts = append(texts, fmt.Sprintf("%s已经封账,这次又收下 %d 个:记录收下了,封账的汇总不变", m.Chinese(), n))
		}
	}
	return texts, nil
}

// mostReason bounds the reason of a closing, in characters.
const mostReason = 200

// CloseAgain closes a closed month again (更正封账), from what stands now: seen is what the
// person has seen of it (LookAgain), reason why it is done. What was closed before stays
// (Closings), the new closing has the next number, and what goes up of the month from now on
// is what it keeps. *model.Error as LookAgain, E-REASON for a reason that is none or too
// long, E-SEAL-EARLY as CloseMonth, E-SEALED where it was closed again meanwhile,
// E-SEAL-SAME where nothing would be otherwise, E-DAMAGED and E-UNSOUND for a ledger that is
// not sound.
func CloseAgain(ctx context.Context, l *store.Ledger, seen *Reclosing, reason string, early bool) (*count.Report, error) {
	if err := mustReceive(ctx, l); err != nil {
		return nil, err
	}
	reason = strings.TrimSpace(model.Clean(reason, false))
	switch n := len([]rune(reason)); {
	case n == 0:
		return nil, model.Errorf("E-REASON", "请写明为什么更正,例如:石桥村补报了10月")
	case n > mostReason:
		return nil, model.Errorf("E-REASON", "原因最多写 %d 个字,现在有 %d 个;请写短些", mostReason, n)
	case seen.Same:
		return nil, model.Errorf("E-SEAL-SAME", "%s从第%d次封账以来没有变化,不用更正", seen.Month.Chinese(), seen.Stands.Number)
	}
	if err := l.Sound(ctx); err != nil {
		return nil, err
	}
	if err := over(l, seen.Month, early); err != nil {
		return nil, err
	}
	ask, _, err := asked(ctx, l, count.Ask{Month: seen.Month})
	if err != nil {
		return nil, err
	}
	return count.SealAgain(ctx, l, ask, count.Again{After: seen.Stands.Number, Reason: reason})
}

// mustReceive refuses a village's ledger.
func mustReceive(ctx context.Context, l *store.Ledger) error {
	is, err := l.IsCounty(ctx)
	if err == nil && !is {
		err = model.Errorf("E-COUNTY", "这不是县里的台账,不能封账;村里核对名册、结账请用“月度上报”")
	}
	return err
}
