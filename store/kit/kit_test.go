package kit_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/internal/disk"
	"taizhang/store/kit"
	"taizhang/store/paper/page"
)

var ctx = context.Background()

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

func code(err error) string {
	var known *model.Error
	if errors.As(err, &known) {
		return known.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

type counter byte

func (c *counter) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
		*c++
	}
	return len(p), nil
}

func source(seed byte) *model.Source {
	c := counter(seed)
	return &model.Source{Now: func() time.Time { return time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC) }, Rand: &c}
}

const secret = "柳河 石桥 春耕 九九"

// place is a county's folder with its opened ledger.
func place(t *testing.T, seed byte, passphrase string) (county.Result, *store.Ledger, *bundle.CountyKey) {
	t.Helper()
	r := folder(t, seed, passphrase)
	l := open(t, r.DB, seed)
	key, err := bundle.ParseCountyKey(read(t, r.Key), passphrase)
	must(t, err)
	return r, l, key
}

// folder makes a county's folder.
func folder(t *testing.T, seed byte, passphrase string) county.Result {
	t.Helper()
	r, err := county.Init(ctx, county.InitOptions{Code: "990101", Name: "中共澄安县委组织部", Dir: filepath.Join(t.TempDir(), "县"), Passphrase: passphrase,
		Source: source(seed), WorkFactor: 2})
	must(t, err)
	return r
}

func open(t *testing.T, path string, seed byte) *store.Ledger {
	t.Helper()
	l, err := book.Open(ctx, path, store.Options{Source: source(seed)})
	must(t, err)
	t.Cleanup(func() { must(t, l.Close()) })
	return l
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	must(t, err)
	return data
}

func backup(t *testing.T, l *store.Ledger, r county.Result, keySecret string) string {
	t.Helper()
	key, err := kit.KeyFor(ctx, l, r.Key, keySecret)
	must(t, err)
	path := filepath.Join(t.TempDir(), kit.Name(l))
	must(t, kit.Backup(ctx, l, path, kit.Options{Key: key, Passphrase: secret, WorkFactor: 2}))
	return path
}

// TestBackup: a computer dies, and ledger, key and profile come back on another one.
func TestBackup(t *testing.T) {
	for name, keySecret := range map[string]string{"open key": "", "the same passphrase": secret, "another passphrase": "别的口令"} {
		t.Run(name, func(t *testing.T) {
			r, l, key := place(t, 1, keySecret)
			file := backup(t, l, r, keySecret)
			data := read(t, file)
			for what, clear := range map[string]string{"the secret": key.Identity.String(), "the ledger": "SQLite format 3", "the county": "澄安"} {
				if bytes.Contains(data, []byte(clear)) {
					t.Errorf("%s stands in the backup in clear", what)
				}
			}
			if !kit.Is(file) || kit.Is(r.DB) {
				t.Error("a backup is not told from a ledger")
			}
			at := filepath.Join(t.TempDir(), "新", county.DBFile)
			if _, err := kit.Restore(ctx, file, at, "错的", store.Options{}); code(err) != "E-PASSPHRASE" {
				t.Errorf("a wrong passphrase: %v", err)
			}
			got, err := kit.Restore(ctx, file, at, secret, store.Options{})
			must(t, err)
			if !bytes.Equal(read(t, got.Key), read(t, r.Key)) || !bytes.Equal(read(t, got.Profile), read(t, r.Profile)) || got.KeptLedger != "" || got.KeptKey != "" {
				t.Errorf("restored %+v", got)
			}
			back := open(t, at, 9)
			again, err := bundle.ParseCountyKey(read(t, got.Key), keySecret)
			must(t, err)
			_, err = county.OwnWith(ctx, back, again)
			must(t, err)
			entries, err := os.ReadDir(filepath.Dir(at))
			must(t, err)
			for _, e := range entries {
				if strings.Contains(e.Name(), "解开") || strings.Contains(e.Name(), "restoring") || strings.HasSuffix(e.Name(), ".tmp") {
					t.Errorf("%s was left behind", e.Name())
				}
			}
		})
	}
}

// TestRestoreKeepsWhatWasThere: another ledger and key in the place stay beside.
func TestRestoreKeepsWhatWasThere(t *testing.T) {
	r, l, _ := place(t, 1, "")
	file := backup(t, l, r, "")
	other := folder(t, 77, "")
	before := read(t, other.Key)
	got, err := kit.Restore(ctx, file, other.DB, secret, store.Options{})
	must(t, err)
	if !bytes.Equal(read(t, got.KeptKey), before) || got.KeptLedger == "" || !bytes.Equal(read(t, got.Key), read(t, r.Key)) {
		t.Errorf("restored %+v", got)
	}
}

// TestRestoreRefuses changes nothing.
func TestRestoreRefuses(t *testing.T) {
	r, l, _ := place(t, 1, "")
	file := backup(t, l, r, "")
	whole := read(t, file)
	for name, data := range map[string][]byte{
		"cut off": whole[:len(whole)-5000], "a byte changed": append(bytes.Clone(whole[:9000]), append([]byte{whole[9000] ^ 1}, whole[9001:]...)...),
		"a ledger": read(t, r.DB), "nothing": nil,
	} {
		t.Run(name, func(t *testing.T) {
			bad := filepath.Join(t.TempDir(), "坏.age")
			must(t, os.WriteFile(bad, data, 0o600))
			at := filepath.Join(t.TempDir(), county.DBFile)
			if _, err := kit.Restore(ctx, bad, at, secret, store.Options{}); code(err) != "E-KIT" {
				t.Errorf("got %v", err)
			}
			if entries, err := os.ReadDir(filepath.Dir(at)); err != nil || len(entries) != 0 {
				t.Errorf("left behind: %v, %v", entries, err)
			}
		})
	}
}

// TestRestoreStopped stops a restore at each of its steps on the disk; opened again, ledger
// and key are those of before or those of the backup, never one of each.
func TestRestoreStopped(t *testing.T) {
	r, l, _ := place(t, 1, "")
	file := backup(t, l, r, "")
	wanted := read(t, r.Key)
	after, theirs := 0, folder(t, 77, "")
	before := read(t, theirs.Key)
	for stop := 1; ; stop++ {
		other := county.Result{DB: filepath.Join(t.TempDir(), county.DBFile)}
		other.Key = filepath.Join(filepath.Dir(other.DB), county.KeyFile)
		must(t, os.WriteFile(other.DB, read(t, theirs.DB), 0o600))
		must(t, os.WriteFile(other.Key, before, 0o600))
		n := 0
		leave := disk.Watch(func(disk.Op) error {
			if n++; n >= stop {
				return errors.New("the power is gone")
			}
			return nil
		})
		_, err := kit.Restore(ctx, file, other.DB, secret, store.Options{})
		leave()
		if err == nil {
			break
		}
		back, err := book.Open(ctx, other.DB, store.Options{Source: source(5)})
		must(t, err)
		_, err = kit.Finish(ctx, back)
		must(t, err)
		key := read(t, other.Key)
		parsed, err := bundle.ParseCountyKey(key, "")
		must(t, err)
		if _, err := county.OwnWith(ctx, back, parsed); err != nil {
			t.Errorf("stopped at step %d: the key is not the ledger's: %v", stop, err)
		}
		if bytes.Equal(key, wanted) {
			after++
		} else if !bytes.Equal(key, before) {
			t.Errorf("stopped at step %d: another key", stop)
		}
		must(t, back.Close())
	}
	if after == 0 {
		t.Error("no restore was finished after it had been stopped")
	}
}

// TestPaper types a key in from its paper, and mistypes every digit.
func TestPaper(t *testing.T) {
	r, l, key := place(t, 1, "")
	lines, err := kit.Lines(key)
	must(t, err)
	var typed []string
	for _, l := range lines {
		typed = append(typed, l.String())
	}
	again, err := kit.Typed(typed)
	must(t, err)
	if again.PublicKey() != key.PublicKey() || again.Recipient() != key.Recipient() || len(lines) != kit.PaperLines {
		t.Fatal("another key came back")
	}
	_, err = county.OwnWith(ctx, l, again)
	must(t, err)
	for n, l := range lines {
		text := strings.ReplaceAll(l.String(), " ", "")
		for i := range text {
			for d := byte('0'); d <= '9'; d++ {
				wrong := []byte(text)
				if wrong[i] == d {
					continue
				}
				wrong[i] = d
				if _, err := kit.ReadLine(n+1, string(wrong)); code(err) != "E-LINE" {
					t.Fatalf("line %d, digit %d as %c: %v", n+1, i+1, d, err)
				}
			}
			if i > 0 && i < 15 && text[i] != text[i-1] {
				wrong := []byte(text)
				wrong[i], wrong[i-1] = wrong[i-1], wrong[i]
				if _, err := kit.ReadLine(n+1, string(wrong)); code(err) != "E-LINE" {
					t.Fatalf("line %d, digits %d exchanged: %v", n+1, i, err)
				}
			}
		}
	}
	for name, c := range map[string]struct{ line, says string }{
		"another line":    {typed[4], "打的是第 5 行"},
		"short":           {"12345", "打了 5 位"},
		"a letter":        {"O" + typed[2][1:], "不是数字的“O”"},
		"in full width":   {strings.Map(func(r rune) rune { return r + 0xfee0*rune(model.OneIf(r >= '0')) }, typed[2]), ""},
		"without a blank": {strings.ReplaceAll(typed[2], " ", ""), ""},
	} {
		all := append([]string{}, typed...)
		all[2] = c.line
		_, err := kit.Typed(all)
		if c.says == "" && err != nil || c.says != "" && (code(err) != "E-LINE" || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "3 行")) {
			t.Errorf("%s: %v", name, err)
		}
	}
	text := kit.PaperText("澄安县委组织部", "2026-10-31", bundle.CheckDigits(key.PublicKey()), lines)
	for _, want := range []string{lines[10].Check, "校验数字 " + bundle.CheckDigits(key.PublicKey()), "保险柜"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q on\n%s", want, text)
		}
	}
	xlsx := filepath.Join(filepath.Dir(r.Key), "纸.xlsx")
	must(t, page.Write(ctx, xlsx, "", kit.Sheet("澄安县委组织部", "2026-10-31", "1234 5678", lines)))
}
