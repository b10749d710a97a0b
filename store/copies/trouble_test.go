package copies_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"taizhang/store/copies"
	"taizhang/store/internal/storetest"
)

// status starts the program at a moment and tells how the backups stand then.
func (v *village) status(day, clock string) *copies.Status {
	v.Helper()
	v.start(day, clock, 0)
	l := v.open()
	defer func() { storetest.Must(v.T, l.Close()) }()
	s, err := copies.StatusOf(ctx, l, v.drives())
	storetest.Must(v.T, err)
	return s
}

// TestStickAway: while the stick is not plugged in, nothing fails; it is said since when, and
// made up for when it is back. Another stick in its place is not written to.
func TestStickAway(t *testing.T) {
	v := newVillage(t, "2026-10-01")
	v.lock()
	s := v.status("2026-10-01", "08:00")
	if line, late := s.Line(30); line != "别处备份:2026年10月1日(今天)" || late {
		t.Errorf("%q, %v", line, late)
	}
	away := v.stick + "-拔出"
	storetest.Must(t, os.Rename(v.stick, away))
	for _, day := range []string{"2026-10-02", "2026-10-05", "2026-11-02"} {
		s = v.status(day, "08:00")
	}
	line, late := s.Line(30)
	if !strings.HasPrefix(line, "别处备份:2026年10月1日(32 天前);2026年10月2日起没做成:“"+v.stick+"”不在") || !late {
		t.Errorf("%q, %v", line, late)
	}
	if _, late := s.Line(32); late {
		t.Error("32 days are late after 32")
	}
	storetest.Must(t, os.Rename(away, v.stick))
	s = v.status("2026-11-02", "09:00")
	if line, late := s.Line(30); line != "别处备份:2026年11月2日(今天)" || late {
		t.Errorf("%q, %v", line, late)
	}
	if got := days(t, v.stick); !slices.Equal(got, []string{"2026-10-01", "2026-11-02"}) {
		t.Errorf("on the stick: %v", got)
	}
}

// TestNoPassphrase: a stick without a passphrase is refused as second place.
func TestNoPassphrase(t *testing.T) {
	v := newVillage(t, "2026-10-01")
	l := v.open()
	defer func() { storetest.Must(t, l.Close()) }()
	if _, err := copies.SetPlace(ctx, l, v.stick, v.drives(), false); storetest.Code(err) != "E-BACKUP-KEY" {
		t.Errorf("%v", err)
	}
	if _, _, err := copies.Recipients(ctx, l, nil); storetest.Code(err) != "E-BACKUP-KEY" {
		t.Errorf("%v", err)
	}
	note, err := copies.SetPlace(ctx, l, t.TempDir(), nil, false) // a folder on the same disk, in clear
	if err != nil || !strings.Contains(note, "同一块硬盘") {
		t.Errorf("%q, %v", note, err)
	}
}

// TestSmallDisk: where the disk is small, fewer are kept, which is said; the newest two stay
// whatever comes, and all are kept again when there is room.
func TestSmallDisk(t *testing.T) {
	v := newVillage(t, "2026-10-01")
	r := room{free: map[string]int64{}, stick: v.stick}
	useRoom(t, r)
	r.free[v.dir] = 1 << 34
	for day := range 10 {
		v.start("2026-10-"+string("0123456789"[(day+1)/10])+string("0123456789"[(day+1)%10]), "08:00", 0)
	}
	info, err := os.Stat(filesIn(t, copies.Folder(v.path), ".db")[0])
	storetest.Must(t, err)
	r.free[v.dir] = 12 * info.Size() // a quarter of it has room for a few
	s := v.status("2026-10-11", "08:00")
	notes := s.Notes()
	if len(notes) != 1 || !strings.Contains(notes[0], "磁盘空间不多") || len(s.Beside) >= 8 || len(s.Beside) < 2 {
		t.Errorf("%v, %d kept", notes, len(s.Beside))
	}
	r.free[v.dir] = 0
	v.status("2026-10-12", "08:00")
	if got := days(t, copies.Folder(v.path)); len(got) != 2 || got[1] != "2026-10-12" && got[1] != "2026-10-11" {
		t.Errorf("on a full disk: %v", got)
	}
	r.free[v.dir] = 1 << 34
	if s = v.status("2026-10-13", "08:00"); len(s.Notes()) != 0 {
		t.Errorf("with room again: %v", s.Notes())
	}
}

// TestReadOnlyFolder: a folder that can't be written keeps nobody from work; it is said.
func TestReadOnlyFolder(t *testing.T) {
	v := newVillage(t, "2026-10-01")
	storetest.Must(t, os.WriteFile(copies.Folder(v.path), []byte("x"), 0o600)) // no folder can be made there
	l := v.open()
	k := copies.Begin(l, copies.Options{})
	storetest.Must(t, k.Daily(ctx))
	said, err := copies.Before(ctx, l, copies.Import)
	if err != nil || !strings.HasPrefix(said, "读入以前没有做成备份:") {
		t.Errorf("%q, %v", said, err)
	}
	s, err := copies.StatusOf(ctx, l, nil)
	storetest.Must(t, err)
	if notes := s.Notes(); len(notes) != 1 || !strings.HasPrefix(notes[0], "台账旁边2026年10月1日起没有做成备份:") {
		t.Errorf("%v", notes)
	}
	storetest.Must(t, l.Close())
}

// TestExpire: after something was cleared, a new backup is made and the earlier ones go:
// those beside the ledger, those made by hand there, and those on the stick, at once or when
// it is there again; what lies elsewhere is named.
func TestExpire(t *testing.T) {
	v := newVillage(t, "2026-10-01")
	v.lock()
	for _, day := range []string{"2026-10-01", "2026-10-02", "2026-10-03"} {
		v.start(day, "08:00", 0)
	}
	l := v.open()
	byHand, other := filepath.Join(v.dir, l.BackupName()), filepath.Join(t.TempDir(), "抽屉.db.age")
	before := filepath.Join(v.dir, "ledger-恢复前-20260901-080000.db")
	another := filepath.Join(v.dir, "台账备份_990101002_20261001-080000.db")
	key, err := copies.KeptKey(ctx, l)
	storetest.Must(t, err)
	to, county, err := copies.Recipients(ctx, l, key)
	if err != nil || !county {
		t.Fatalf("%v, %v", county, err)
	}
	storetest.Must(t, copies.Write(ctx, l, byHand, nil))
	storetest.Must(t, copies.Write(ctx, l, before, nil))
	storetest.Must(t, copies.Write(ctx, l, another, nil))
	storetest.Must(t, copies.Write(ctx, l, other, to))
	storetest.Must(t, copies.NoteElsewhere(l, other, []string{filepath.Dir(other)}))
	for _, path := range []string{byHand, before, another} {
		storetest.Must(t, os.Chtimes(path, at("2026-10-01", "09:00"), at("2026-10-01", "09:00")))
	}
	copies.Begin(l, copies.Options{Drives: v.drives})
	away := v.stick + "-拔出"
	storetest.Must(t, os.Rename(v.stick, away))
	v.now = at("2026-10-03", "10:00")
	e, err := copies.ExpireBefore(ctx, l, v.now)
	storetest.Must(t, err)
	storetest.Must(t, l.Close())
	if got := days(t, copies.Folder(v.path)); !slices.Equal(got, []string{"2026-10-03"}) || len(e.Removed) != 5 || len(e.Left) != 0 {
		t.Errorf("beside: %v; %+v", got, e)
	}
	for path, stays := range map[string]bool{byHand: false, before: false, another: true, e.New: true, other: true} {
		if _, err := os.Lstat(path); (err == nil) != stays {
			t.Errorf("%s stays: %v", path, err)
		}
	}
	if !slices.Contains(e.Elsewhere, other) || len(e.Elsewhere) != 4 || !strings.Contains(e.Later, "下次插上时自动删掉重做") {
		t.Errorf("elsewhere: %v, %q", e.Elsewhere, e.Later)
	}
	storetest.Must(t, os.Rename(away, v.stick))
	v.start("2026-10-03", "11:00", 0)
	if all := filesIn(t, v.stick, ".db.age"); len(all) != 1 || !strings.Contains(all[0], "20261003-110000") {
		t.Errorf("on the stick once it is back: %v", all)
	}
}

// TestCountys: a county's own backup holds its ledger alone: the key lies in none.
func TestCountys(t *testing.T) {
	v := newVillage(t, "2026-10-01")
	v.path = filepath.Join(filepath.Dir(countyDB(t)), "county.db")
	v.dir = filepath.Dir(v.path)
	v.start("2026-10-01", "08:00", 0)
	all := filesIn(t, copies.Folder(v.path), ".db")
	if len(all) != 1 {
		t.Fatalf("%v", all)
	}
	text, err := os.ReadFile(all[0])
	storetest.Must(t, err)
	if strings.Contains(string(text), "AGE-SECRET-KEY") || strings.Contains(string(text), "minisign-secret") {
		t.Error("the county's key lies in its own backup")
	}
}
