package copies

import (
	"context"
	"fmt"
	"slices"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/internal/disk"
)

// Status is how a ledger's backups stand.
type Status struct {
	Beside []Made // those made by themselves beside the ledger, the oldest first
	There  []Made // those at the second place, where that is there now
	Place  string // the second place, "" where none is set
	Absent string // why nothing can be written there now, in Chinese; "" when it can
	Locked bool   // a passphrase is set for those that leave the house
	// Portable tells that those at the second place are encrypted.
	Portable bool
	// Last is when one was made last at another place, as far as is known, zero for never;
	// LastPath where.
	Last     time.Time
	LastPath string

	today  model.Date
	missed *missed
	fault  *missed
	few    []string
}

// StatusOf tells how the backups of a ledger stand; one that is only read has a status too.
// drives are the sticks that are plugged in.
func StatusOf(ctx context.Context, l *store.Ledger, drives []string) (*Status, error) {
	state := readState(l.Path())
	now := l.Source().Now()
	s := &Status{today: l.Source().Today(), missed: state.Missed, fault: state.Fault}
	if k := Of(l); k != nil && k.last.Load() != nil {
		s.fault = k.last.Load().Fault
	}
	s.Beside, _ = Plan(made(Folder(l.Path())), now)
	key, err := KeptKey(ctx, l)
	if err != nil {
		return nil, err
	}
	s.Locked = key != nil
	p, err := PlaceOf(ctx, l)
	if err != nil {
		return nil, err
	}
	for _, few := range []string{state.Few, state.FewThere} {
		if few != "" {
			s.few = append(s.few, few)
		}
	}
	if at := len(state.Elsewhere) - 1; at >= 0 {
		s.Last, s.LastPath = state.Elsewhere[at].At, state.Elsewhere[at].Path
	}
	if p == nil {
		return s, nil
	}
	s.Place, s.Absent, s.Portable = p.Dir, p.gone(), Portable(p.Dir, drives)
	if s.Absent == "" {
		s.There, _ = Plan(made(p.folder(l)), now)
		past := slices.DeleteFunc(slices.Clone(s.There), func(m Made) bool { return m.At.After(now) })
		if at := len(past) - 1; at >= 0 && past[at].At.After(s.Last) {
			s.Last, s.LastPath = past[at].At, past[at].Path
		}
	}
	return s, nil
}

// Line says in one sentence when the last backup was made at another place and, where none
// can be made at the second place, since when. late tells that it is more than days days ago.
func (s *Status) Line(days int) (text string, late bool) {
	switch {
	case s.Last.IsZero():
		text, late = "别处还没有备份过", true
	default:
		day := model.DateOf(s.Last.Local()) //nolint:gosmopolitan // As the clock on the wall.
		age := max(day.DaysUntil(s.today), 0)
		text, late = "别处备份:"+day.Chinese()+ago(age), age > days
	}
	if s.missed != nil && s.Place != "" {
		text += fmt.Sprintf(";%s起没做成:%s", s.missed.Since.Chinese(), s.missed.Why)
	}
	return text, late
}

func ago(days int) string {
	switch days {
	case 0:
		return "(今天)"
	case 1:
		return "(昨天)"
	}
	return fmt.Sprintf("(%d 天前)", days)
}

// Notes says in sentences what is not as it should be with the backups beside the ledger and
// with the room for them; nothing when all is well.
func (s *Status) Notes() []string {
	var all []string
	if s.fault != nil {
		all = append(all, fmt.Sprintf("台账旁边%s起没有做成备份:%s", s.fault.Since.Chinese(), s.fault.Why))
	}
	return append(all, s.few...)
}

// Newest gives the newest beside the ledger, nil for none.
func (s *Status) Newest() *Made {
	if len(s.Beside) == 0 {
		return nil
	}
	return &s.Beside[len(s.Beside)-1]
}

// Kept says in Chinese what a backup is kept for.
func (m *Made) Kept() string {
	text := ""
	for _, f := range m.For {
		if text != "" {
			text += "、"
		}
		text += map[string]string{"日": "日备份", "周": "周备份", "月": "月备份", "事": m.Before + "以前", "后": "时钟走快时做的,先留着"}[f]
	}
	return text
}

// SizeText gives the size for people.
func (m *Made) SizeText() string { return SizeText(m.Size) }

// FreeText says how much room is left where a path lies, "" where the system doesn't say.
func FreeText(path string) string {
	free, ok := disk.Free(path)
	if !ok {
		return ""
	}
	return SizeText(free)
}
