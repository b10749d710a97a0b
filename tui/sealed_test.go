package tui

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/county"
	"taizhang/store/send"
	"taizhang/store/transfer"
	"taizhang/store/vault"
	"taizhang/tui/tuitest"
	"taizhang/tui/tuitest/sample"
	"taizhang/tui/ui"
)

// sealedAt starts the real program over the ledger at path: its passphrase is asked for
// where it has one.
func sealedAt(t *testing.T, path string, drives ...string) (*tuitest.Term, *Root) {
	t.Helper()
	o := Options{Path: path, Source: sample.Source(), Backups: true, Drives: func() []string { return drives }}
	o.Unseal = func(ctx context.Context, passphrase string) (ui.Sitting, error) {
		s, err := vault.Open(ctx, path, passphrase, store.Options{Source: sample.Source()})
		if err != nil {
			return nil, err
		}
		return s, nil
	}
	r := New(context.Background(), o)
	return sample.StartReal(t, r, 80, 24), r
}

// plainPages names the files of a folder in which one of the words stands.
func plainPages(t *testing.T, dir string, words ...string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, w := range words {
			if strings.Contains(string(data), w) {
				found = append(found, path+" holds "+w)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestSealedOnTheScreens: switched on in 设置, the ledger is encrypted when the program is
// left, and no file of its folder holds a name or an ID number; a forgotten passphrase is
// answered by the county, over the screen.
func TestSealedOnTheScreens(t *testing.T) {
	ctx := context.Background()
	office, key := sample.OpenOffice(t)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	profile := sample.Read(t, county.ProfilePath(office))
	must(office.Close())
	l, stick := sample.NewLedger(t), t.TempDir()
	path, dir := l.Path(), filepath.Dir(l.Path())
	must(send.SetProfile(ctx, l, []byte(profile)))
	sample.AddPerson(t, l, map[string]model.Value{"name": "赵小明", "sex": "男", "birth_date": "1970-03-02", "id_number": "990101197003020118", "id_checked": true, "status": "群众"})
	must(l.Backup(ctx, filepath.Join(dir, "台账备份_以前.db")))
	if len(plainPages(t, dir, "赵小明", "990101197003020118")) == 0 {
		t.Fatal("the search finds nothing in a plain ledger")
	}

	tm, r := start(t, Options{Ledger: l, Drives: func() []string { return nil }}, 80, 24)
	sample.OpenScreen(tm, "设置")
	tm.WaitFor("本台账校验数字")
	tm.Press("end", "up", "up", "enter")
	tm.WaitFor("护什么")
	tm.Golden("sealing-80x24")
	tm.Type(secret)
	tm.Press("tab")
	tm.Type(secret)
	if strings.Contains(tm.Screen(), secret) {
		t.Errorf("the passphrase shows:\n%s", tm.Screen())
	}
	tm.Press("f2")
	tm.WaitFor("台账已加密:下次打开要打口令")
	tm.Press("f10")
	must(tm.WaitEnd())
	must(r.Close())
	if found := plainPages(t, dir, "赵小明", "990101197003020118", "SQLite format"); len(found) > 0 {
		t.Errorf("in clear: %q", found)
	}

	tm, r = sealedAt(t, path, stick)
	tm.Type("不是这个口令")
	tm.Press("enter")
	tm.WaitFor("口令不对")
	tm.Press("f7")
	tm.WaitFor("三步")
	tm.Golden("forgotten-80x24")
	tm.Press("enter")
	tm.WaitFor("接着做第 2 步")
	asked, err := vault.Ask(ctx, filepath.Join(stick, vault.CarriedName), key.Opener())
	must(err)
	words, err := transfer.NewWords(sample.NewDice(5))
	must(err)
	answer := filepath.Join(stick, asked.AnswerName())
	must(asked.Answer(ctx, answer, words))
	tm.Type(answer)
	tm.Press("tab")
	tm.Type("不对 不对 不对 不对")
	tm.Press("tab")
	tm.Type("新的口令六个字")
	tm.Press("tab")
	tm.Type("新的口令六个字")
	tm.Press("f2")
	tm.WaitFor("不在词表里")
	tm.Press("ctrl+u")
	tm.Type(strings.Join(words, " "))
	tm.Press("f2")
	tm.WaitFor("工作台")
	if r.App().Sitting == nil || r.App().Ledger.Home().Str("name") != "石桥村党支部" {
		t.Errorf("it is open with %v", r.App().Sitting)
	}
	sample.OpenScreen(tm, "备份")
	tm.WaitFor("备份都用台账的口令")
	tm.Press("down", "down", "down", "down", "enter")
	tm.WaitFor("除了台账旁边")
	tm.Press("enter")
	tm.WaitFor("以后每天也备份到") // no other passphrase is asked for, which would open nothing
	daily := 0
	must(filepath.WalkDir(stick, func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, copies.SealedEnd) && strings.Contains(path, "台账备份_") {
			daily++
		}
		return err
	}))
	if daily != 1 {
		t.Errorf("%d backups on the stick", daily)
	}
	tm.Press("f10")
	must(tm.WaitEnd())
	must(r.Close())
	if found := plainPages(t, dir, "赵小明", "990101197003020118"); len(found) > 0 {
		t.Errorf("in clear: %q", found)
	}
	if _, err := vault.Open(ctx, path, secret, store.Options{}); err == nil {
		t.Error("the old passphrase opens it still")
	}
	restoreSealed(t, path, "新的口令六个字")
}

// restoreSealed restores the encrypted ledger at path: on another computer, and where only
// its key is left.
func restoreSealed(t *testing.T, path, passphrase string) {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "台账备份.db.age")
	if err := os.WriteFile(copied, []byte(sample.Read(t, path+vault.SealedSuffix)), 0o600); err != nil {
		t.Fatal(err)
	}
	leave := func(tm *tuitest.Term, r *Root, dir string) {
		t.Helper()
		tm.WaitFor("工作台")
		if r.App().Sitting == nil {
			t.Error("it is not encrypted any more")
		}
		tm.Press("f10")
		if err := errors.Join(tm.WaitEnd(), r.Close()); err != nil {
			t.Fatal(err)
		}
		if found := plainPages(t, dir, "赵小明", "990101197003020118"); len(found) > 0 {
			t.Errorf("in clear: %q", found)
		}
	}
	fill := func(tm *tuitest.Term, secret string) {
		tm.WaitFor("备份文件")
		tm.Type(copied)
		tm.Press("tab")
		if secret != "" {
			tm.Type(secret)
		}
		tm.Press("f2")
	}
	elsewhere := filepath.Join(t.TempDir(), "ledger.db")
	tm, r := start(t, Options{Path: elsewhere, Drives: func() []string { return nil }}, 80, 24)
	tm.Press("down", "enter")
	fill(tm, "")
	tm.WaitFor("这是加密台账的备份")
	tm.Type(passphrase)
	tm.Press("f2")
	leave(tm, r, filepath.Dir(elsewhere))

	if err := os.Remove(path + vault.SealedSuffix); err != nil {
		t.Fatal(err)
	}
	tm, r = sealedAt(t, path)
	tm.Type(passphrase)
	tm.Press("enter")
	tm.WaitFor("按 F5 从备份恢复")
	tm.Press("f5")
	fill(tm, "")
	leave(tm, r, filepath.Dir(path))
}
