package store

import (
	"context"
	"errors"
	"fmt"

	"taizhang/model"
	"taizhang/store/internal/raw"
)

// Saved tells what a save wrote: the records given, in their order, then what
// followed from them.
type Saved struct {
	Records  []*model.Record
	Before   []*model.Record // what stood on file before each of Records; nil for a new one
	Findings []model.Finding // the warnings of the first record
	Group    int64           // of the history; one undo takes the group back
}

// Refusal is the error of a save that rules forbid; nothing was written.
type Refusal struct {
	Index    int             // which of the records given, from 0
	Kind     *model.Kind     // of the record that is refused: it or one that follows from it
	Findings []model.Finding // at least one of severity Fault
}

// Error gives the first fault's message.
func (r *Refusal) Error() string {
	for _, f := range r.Findings {
		if f.Severity == model.Fault {
			return f.Message
		}
	}
	return "这条记录有错误,没有保存"
}

// followDepth bounds how far saving one record may save others: an admission its
// movement, that movement its person.
const followDepth = 3

// New gives a new record of a kind with its defaults.
func (l *Ledger) New(ctx context.Context, kind string) (*model.Record, error) {
	t, err := l.table(kind)
	if err != nil {
		return nil, err
	}
	r := model.New(l.Env(ctx), t.kind)
	return r, l.explain(l.labeler(l.readers).name(ctx, r))
}

// Check examines a record by the rules without saving it.
func (l *Ledger) Check(ctx context.Context, rec *model.Record) ([]model.Finding, error) {
	t, err := l.table(rec.Kind.Name)
	if err != nil {
		return nil, err
	}
	r := rec.Clone()
	if home := l.home.Load(); r.OrgID == "" && home != nil {
		r.OrgID = home.ID
	}
	var old *model.Record
	if r.ID != "" {
		if old, err = l.record(ctx, l.readers, t, r.ID); err != nil {
			return nil, l.explain(err)
		}
	}
	if err := l.labeler(l.readers).name(ctx, r); err != nil {
		return nil, l.explain(err)
	}
	found, err := model.Check(l.Env(ctx), r, old)
	return found, l.explain(err)
}

// Save writes records and what follows from them in one transaction, as one group
// of the history. They are taken in their order, so that one may refer to those
// before it. A record with an id but rev 0 is new with that id. One that changes
// nothing is left alone. After success the given records carry id, rev and stamps.
//
// Errors: *Refusal when rules forbid a record (Index says which; nothing was
// written); *model.Error E-OTHER-ORG for another organisation's record, E-CONFLICT when
// a record was changed since it was read, E-DELETED when it is in the recycle bin,
// E-UNIQUE, E-REF, E-READONLY, E-FULL.
func (l *Ledger) Save(ctx context.Context, how model.Origin, recs ...*model.Record) (Saved, error) {
	var s Saved
	var followed, before []*model.Record
	var done []written
	err := l.write(ctx, func(wctx context.Context, t *Tx) error {
		if len(recs) >= raw.Batch {
			t.later = &later{t.w.Behind(wctx), map[*table]*usedColumns{}}
		}
		for i, r := range recs {
			if err := ctx.Err(); err != nil {
				return err
			}
			one, err := t.save(wctx, r, how, 0)
			if err != nil {
				if before := t.endLater(); before != nil {
					return before // a row before this one could not be written
				}
				return at(err, i)
			}
			if i == 0 {
				s.Findings = one.findings
			}
			s.Records, s.Before = append(s.Records, one.record), append(s.Before, one.before)
			followed, before = append(followed, one.followed...), append(before, one.stood...)
		}
		s.Records, s.Before = append(s.Records, followed...), append(s.Before, before...)
		s.Group, done = t.group, t.wrote
		if err := t.endLater(); err != nil {
			return err
		}
		return t.nameAll(wctx, s.Records)
	})
	if err != nil {
		return Saved{}, err
	}
	l.undo.push(s.Group, done)
	for i, r := range recs {
		w := s.Records[i]
		r.ID, r.OrgID, r.CreatedAt, r.UpdatedAt, r.Rev = w.ID, w.OrgID, w.CreatedAt, w.UpdatedAt, w.Rev
	}
	return s, nil
}

// at notes in a refusal which of the records given it is about.
func at(err error, index int) error {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		refusal.Index = index
	}
	return err
}

// saved is what saving one record wrote.
type saved struct {
	record   *model.Record
	before   *model.Record   // as it stood on file, nil for a new one
	followed []*model.Record // with stood, as each of them stood on file
	stood    []*model.Record
	findings []model.Finding // warnings
}

// save checks and writes one record and what follows from it.
func (t *Tx) save(ctx context.Context, rec *model.Record, how model.Origin, depth int) (saved, error) {
	if _, err := t.l.table(rec.Kind.Name); err != nil {
		return saved{}, err
	}
	r := rec.Clone()
	old, err := t.original(ctx, r)
	if err != nil {
		return saved{}, err
	}
	if err := t.labels.name(ctx, r); err != nil { // rules speak of what it refers to
		return saved{}, err
	}
	if err := t.fetch(ctx, r); err != nil {
		return saved{}, err
	}
	found, err := model.Check(t.env, r, old)
	if err != nil {
		return saved{}, err
	}
	if len(model.Faults(found)) > 0 {
		return saved{}, &Refusal{Kind: r.Kind, Findings: found}
	}
	s := saved{record: r, before: old, findings: found}
	switch {
	case old == nil:
		err = t.put(ctx, nil, r, actionNew)
	case old.OrgID == r.OrgID && len(model.Diff(old, r)) == 0:
		s.record = old
		return s, nil
	default:
		err = t.put(ctx, old, r, actionChange)
	}
	if err != nil || r.Kind.Follow == nil || depth >= followDepth {
		return s, err
	}
	return s, t.follow(ctx, &s, old, how, depth)
}

// fetchAbove is from how many records on they are read all at once.
const fetchAbove = 4

// fetch reads at once what a record's lists refer to (a meeting's roll names everybody):
// its rules ask for each of them.
func (t *Tx) fetch(ctx context.Context, r *model.Record) error {
	for _, f := range t.l.tables[r.Kind.Name].links {
		var unknown []string
		for _, id := range model.Targets(r.Get(f.Name)) {
			if _, known := t.memory.get(f.Target, id); !known {
				unknown = append(unknown, id)
			}
		}
		if len(unknown) < fetchAbove {
			continue
		}
		found, err := t.l.tables[f.Target].readMany(ctx, t, "t.id IN (SELECT value FROM json_each(?))", "", raw.List(unknown))
		if err != nil {
			return err
		}
		if err := t.labels.name(ctx, found...); err != nil {
			return err
		}
		for _, x := range found {
			t.memory.put(f.Target, x.ID, x)
		}
	}
	return nil
}

// owns tells whether a record is the home organisation's. A county's ledger shows
// the villages' records too; they change by the next bundle alone.
func (t *Tx) owns(r *model.Record) bool { return t.env.Home == nil || r.OrgID == t.env.Home.ID }

func notOwn(k *model.Kind) *model.Error {
	return model.Errorf("E-OTHER-ORG", "这条%s是别的党组织的,这里只能看,不能改;请让那个单位在自己的台账里改正,重新上报", k.Title)
}

// original gives what stands on file of a record that is to be saved, nil for a new
// one, and fills in whose it is.
func (t *Tx) original(ctx context.Context, r *model.Record) (*model.Record, error) {
	var old *model.Record
	var err error
	if r.ID != "" {
		if old, err = t.onFile(ctx, t.l.tables[r.Kind.Name], r.ID); err != nil {
			return nil, err
		}
	}
	switch {
	case old == nil && r.Rev != 0:
		return nil, missing(r.Kind)
	case old != nil && !t.owns(old):
		return nil, notOwn(r.Kind)
	case old != nil && old.DeletedAt != "":
		return nil, model.Errorf("E-DELETED", "这条%s已在回收站里,请先从回收站恢复,再修改", r.Kind.Title)
	case old != nil && old.Rev != r.Rev:
		return nil, model.Errorf("E-CONFLICT", "这条%s在您填写期间已被别处改过(第 %d 次修改),没有保存;请记下您的改动,重新打开这条记录再改", r.Kind.Title, old.Rev)
	}
	r.DeletedAt = ""
	if old != nil {
		if r.OrgID == "" {
			r.OrgID = old.OrgID
		}
		return old, nil
	}
	if r.ID == "" {
		if r.ID, err = t.l.source.NewID(); err != nil {
			return nil, fmt.Errorf("save %s: %w", r.Kind.Name, err)
		}
	}
	if r.OrgID == "" && t.env.Home != nil {
		r.OrgID = t.env.Home.ID
	}
	return nil, nil
}

// onFile reads a record as it stands, nil where there is none.
func (t *Tx) onFile(ctx context.Context, tab *table, id string) (*model.Record, error) {
	if none, err := t.memory.lacks(ctx, t, tab, "id", id); err != nil || none {
		return nil, err
	}
	return t.l.record(ctx, t, tab, id)
}

func (t *Tx) follow(ctx context.Context, s *saved, old *model.Record, how model.Origin, depth int) error {
	recs, err := s.record.Kind.Follow(t.env, old, s.record.Clone(), how)
	var known *model.Error
	if errors.As(err, &known) && known.Field != "" {
		return &Refusal{Kind: s.record.Kind, Findings: []model.Finding{{Code: known.Code, Severity: model.Fault,
			Field: known.Field, Message: known.Message, Source: "本台账"}}}
	}
	if err != nil {
		return err
	}
	for _, r := range recs {
		next, err := t.save(ctx, r, model.FromFollow, depth+1)
		if err != nil {
			return err
		}
		s.followed = append(append(s.followed, next.record), next.followed...)
		s.stood = append(append(s.stood, next.before), next.stood...)
	}
	return nil
}

// nameAll sets the Names of records of several kinds.
func (t *Tx) nameAll(ctx context.Context, rs []*model.Record) error {
	byKind := map[*model.Kind][]*model.Record{}
	for _, r := range rs {
		byKind[r.Kind] = append(byKind[r.Kind], r)
	}
	for _, same := range byKind {
		if err := t.labels.name(ctx, same...); err != nil {
			return err
		}
	}
	return nil
}
