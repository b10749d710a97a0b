package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"taizhang/model"
	"taizhang/store/internal/raw"
	"taizhang/store/internal/whole"
)

// Damage is what is wrong with a ledger's file so that nothing may be written to it any
// more: what is left can be looked at. A finding each, in Chinese, the worst first.
type Damage struct{ What []string }

// Text is the damage in one clause: the first finding and how many there are.
func (d *Damage) Text() string {
	if len(d.What) == 1 {
		return d.What[0]
	}
	return fmt.Sprintf("%s,等 %d 处", d.What[0], len(d.What))
}

// settingDigest keeps what the ledger's schema is, so that damage is told from the file of
// an older program: it is written whenever the program has made the schema so.
const settingDigest = "schema_digest"

// Damage gives what is wrong with the file as far as it is known: what opening found, a
// page that could not be read since, or a looking-through. nil is nothing.
func (l *Ledger) Damage() *Damage { return l.damage.Load() }

// Damaged is the error for what can't be done with a damaged ledger; nil while none is
// known. *model.Error E-DAMAGED.
func (l *Ledger) Damaged() error {
	d := l.damage.Load()
	if d == nil {
		return nil
	}
	return damaged(l.path, d)
}

func damaged(path string, d *Damage) error {
	return model.Errorf("E-DAMAGED", "台账“%s”有损坏(%s),现在只能看,不能改动、导出和备份;请用“从备份恢复”(taizhang restore)换回最近的备份", path, d.Text())
}

// noted keeps in mind that the file was found broken while it was read or written.
func (l *Ledger) noted(err error) error {
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-CORRUPT" {
		l.damage.CompareAndSwap(nil, &Damage{[]string{"读写时遇到坏了的地方"}})
	}
	return err
}

// lacking tells what comes of a table or a column that has gone.
func lacking(err error) bool {
	text := err.Error()
	return strings.Contains(text, "no such table") || strings.Contains(text, "no such column")
}

// Explained makes an error of the database and the disk into one that a person can mend,
// and leaves others as they are.
func (l *Ledger) Explained(err error) error {
	var fault *model.Error
	if e := l.explain(err); errors.As(e, &fault) {
		return e
	}
	return err
}

// lookAtSchema compares what the file holds with the digest that it keeps, and where it
// keeps none with what a ledger of its version has. What it finds is the Damage. asDeclared
// tells that the file holds all that the program declares, and the digest of it: there is
// nothing to migrate. file is the ledger's own where no log lies beside it, nil otherwise.
func (l *Ledger) lookAtSchema(ctx context.Context, q raw.Querier, file io.ReaderAt) (asDeclared bool, err error) {
	var found whole.Objects
	if file != nil {
		found, err = whole.ReadAlone(ctx, q, file)
	} else {
		found, err = whole.Read(ctx, q)
	}
	if err != nil {
		return false, err
	}
	version, err := raw.NumberOnce(ctx, q, "PRAGMA user_version")
	if err != nil {
		return false, err
	}
	s := suspect{l: l, found: found, version: int(version)}
	digest := keptDigest(ctx, q, found)
	if digest != nil {
		err = s.byDigest(ctx, q, digest)
	} else {
		err = s.byVersion(ctx, q)
	}
	if err != nil {
		return false, err
	}
	for _, name := range found.WrongPages() {
		s.say("%s读不出来(第一页坏了)", s.title(name))
	}
	if l.header != "" {
		s.say("%s", l.header)
	}
	if len(s.what) > 0 {
		l.damage.Store(&Damage{s.what})
		return false, nil
	}
	return digest != nil && l.declared(found, int(version), digest), nil
}

// declared tells whether a file holds every table, column and index that the program
// declares, and keeps the digest of what it holds.
func (l *Ledger) declared(found whole.Objects, version int, digest *whole.Digest) bool {
	if version != schemaVersion {
		return false
	}
	known := map[string]bool{}
	for _, d := range schema(l.book, l.tables) {
		known[d.Name] = true
		o, ok := found[d.Name]
		if !ok || d.Index != "" && !o.Is(d.Index) {
			return false
		}
		for _, c := range d.Columns {
			if !o.Says(raw.Quote(c[0]) + " " + c[1]) {
				return false
			}
		}
	}
	return found.Note(version, known, digest).Equal(digest)
}

// keptDigest reads the digest; nil where there is none or it can't be read.
func keptDigest(ctx context.Context, q raw.Querier, found whole.Objects) *whole.Digest {
	if !found["setting"].Table {
		return nil
	}
	kept, err := raw.TextsOnce(ctx, q, "SELECT value FROM setting WHERE name = ?", settingDigest)
	if err != nil || len(kept) != 1 {
		return nil // a table that can't be read shows by its pages
	}
	return whole.ParseDigest(kept[0])
}

// suspect gathers what a file lacks.
type suspect struct {
	l       *Ledger
	found   whole.Objects
	version int
	names   map[string]string // what tables are called, by their name
	of      map[string]string // the table of an index
	what    []string
}

func (s *suspect) say(format string, args ...any) {
	s.what = append(s.what, fmt.Sprintf(format, args...))
}

// byDigest finds what has gone or become another since the digest was written.
func (s *suspect) byDigest(ctx context.Context, q raw.Querier, digest *whole.Digest) error {
	lost, changed := digest.Changes(s.found)
	if len(lost) > 0 {
		s.titles()
	}
	for _, name := range lost {
		if of := s.of[name]; of == "" || !slices.Contains(lost, of) { // its table says it all
			s.lacks(name)
		}
	}
	for _, name := range changed {
		gone, err := s.columns(ctx, q, name, func(string) bool { return true })
		if err != nil {
			return err
		}
		if len(gone) == 0 {
			s.say("%s的结构被别的程序改过", s.title(name))
		} else {
			s.say("%s少了几项:%s", s.title(name), strings.Join(gone, "、"))
		}
	}
	if s.version != digest.Version {
		s.say("文件头写的台账版本是第 %d 版,应是第 %d 版", s.version, digest.Version)
	}
	return nil
}

// byVersion finds what a ledger without a digest lacks of that which the first program of
// its version gave every ledger. Indexes came and went, and are built anew.
func (s *suspect) byVersion(ctx context.Context, q raw.Querier) error {
	had := func(name string) bool { return s.version >= s.l.book.Since[name] }
	if s.version < 1 {
		s.say("文件头没有写台账的版本")
	}
	for _, d := range schema(s.l.book, s.l.tables) {
		switch object, ok := s.found[d.Name]; {
		case d.Index != "" || !had(d.Name):
		case !ok:
			s.lacks(d.Name)
		case object.Table:
			gone, err := s.columns(ctx, q, d.Name, func(column string) bool { return had(d.Name + "." + column) })
			if err != nil {
				return err
			}
			if len(gone) > 0 {
				s.say("%s少了几项:%s", s.title(d.Name), strings.Join(gone, "、"))
			}
		}
	}
	return nil
}

func (s *suspect) lacks(name string) {
	s.titles()
	if of := s.of[name]; of != "" {
		s.say("缺少%s的一个索引(%s)", s.names[of], name)
		return
	}
	s.say("缺少%s", s.title(name))
}

// columns gives the labels of the columns that a table should have and lacks.
func (s *suspect) columns(ctx context.Context, q raw.Querier, name string, had func(column string) bool) ([]string, error) {
	have, err := whole.Columns(ctx, q, name)
	if err != nil {
		return nil, err
	}
	var gone []string
	for _, d := range schema(s.l.book, s.l.tables) {
		if d.Name != name {
			continue
		}
		for _, c := range d.Columns {
			if have[c[0]] || !had(c[0]) {
				continue
			}
			label := c[0]
			if t := s.l.tables[name]; t != nil {
				for _, f := range t.columns {
					if f.Name == label {
						label = f.Label
						break
					}
				}
			}
			gone = append(gone, label)
		}
	}
	return gone, nil
}

// titles learns what tables are called, and of which table an index is.
func (s *suspect) titles() {
	if s.names != nil {
		return
	}
	s.names, s.of = map[string]string{}, map[string]string{}
	for _, d := range schema(s.l.book, s.l.tables) {
		if d.Index == "" {
			s.names[d.Name] = "“" + d.title() + "”的表"
			continue
		}
		if table := indexed(d.Index); table != "" {
			s.of[d.Name] = table
		}
	}
	for _, k := range s.l.kinds.Kinds() {
		s.names[k.Name] = "“" + k.Title + "”的表"
		for _, f := range s.l.tables[k.Name].links {
			s.names[raw.LinkTable(k, f)] = "“" + k.Title + "”里“" + f.Label + "”的表"
		}
	}
}

// indexed gives the table of an index by its statement.
func indexed(statement string) string {
	_, after, _ := strings.Cut(statement, " ON \"")
	table, _, _ := strings.Cut(after, "\"")
	return table
}

func (s *suspect) title(name string) string {
	s.titles()
	if own := strings.TrimPrefix(name, "sqlite_autoindex_"); own != name {
		name = own[:strings.LastIndex(own, "_")]
	}
	switch {
	case s.names[name] != "":
		return s.names[name]
	case s.of[name] != "":
		return fmt.Sprintf("%s的一个索引(%s)", s.names[s.of[name]], name)
	}
	return "台账内部的一张表(" + name + ")"
}

// noteSchema writes the digest of the schema as it stands, where another is kept. It runs
// in the transaction that made it so.
func noteSchema(ctx context.Context, w *raw.Writer, defs []Table) error {
	found, text, err := digestNow(ctx, w, defs)
	if err != nil || text == "" {
		return err
	}
	if !found["setting"].Table {
		return nil
	}
	return w.Exec(ctx, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", settingDigest, text)
}

// digestNow gives the digest to be written; "" where it is kept already.
func digestNow(ctx context.Context, w *raw.Writer, defs []Table) (whole.Objects, string, error) {
	found, err := whole.Read(ctx, w)
	if err != nil {
		return nil, "", err
	}
	version, err := raw.NumberOnce(ctx, w, "PRAGMA user_version")
	if err != nil {
		return nil, "", err
	}
	known := map[string]bool{}
	for _, d := range defs {
		known[d.Name] = true
	}
	before := keptDigest(ctx, w, found)
	text := found.Note(int(version), known, before).Text()
	if before != nil && before.Text() == text {
		text = ""
	}
	return found, text, nil
}

// bigFile is the size in bytes above which a ledger is looked through once a day: 640 MB
// take half a minute.
const bigFile = 64 << 20

// settingLooked is the day on which a big ledger was last looked through and found whole.
const settingLooked = "looked_through"

// LookThroughDue tells whether the ledger is to be looked through now: a small one at every
// opening, a big one once a day.
func (l *Ledger) LookThroughDue(ctx context.Context) (bool, error) {
	if big, err := l.big(); err != nil || !big {
		return err == nil, err
	}
	day, err := l.Setting(ctx, settingLooked)
	return day != string(l.source.Today()), err
}

// Big tells a ledger that takes many seconds to be looked through or copied.
func (l *Ledger) Big() bool {
	big, err := l.big()
	return err == nil && big
}

func (l *Ledger) big() (bool, error) {
	info, err := os.Stat(l.path)
	if err != nil {
		return false, l.explain(err)
	}
	return info.Size() > bigFile, nil
}
