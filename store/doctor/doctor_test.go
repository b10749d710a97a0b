package doctor_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/disktest"
	"taizhang/store/doctor"
	"taizhang/store/keybox"
	"taizhang/store/vault"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wants looks for a finding of a topic and grade that says all the words.
func wants(t *testing.T, all []doctor.Finding, topic string, grade doctor.Grade, words ...string) {
	t.Helper()
	for _, f := range all {
		said := f.Topic == topic && f.Grade == grade
		for _, w := range words {
			said = said && strings.Contains(f.Found+f.Advice, w)
		}
		if said {
			if f.Grade != doctor.Fine && f.Advice == "" {
				t.Errorf("nothing is advised: %+v", f)
			}
			return
		}
	}
	t.Errorf("no [%s] of %s with %q in %+v", grade, topic, words, all)
}

func newLedger(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "ledger.db")
	l, err := book.Create(t.Context(), path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{})
	must(t, err)
	must(t, l.Close())
	return path
}

func TestDisk(t *testing.T) {
	path := newLedger(t)
	before, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	wants(t, doctor.Disk(path), "磁盘", doctor.Fine, "能写", "毫秒")
	after, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if len(after) != len(before) {
		t.Errorf("it left files behind: %v, %v before", after, before)
	}
	wants(t, doctor.Disk(filepath.Join(t.TempDir(), "new", "ledger.db")), "磁盘", doctor.Fine, "还没有")
	disktest.Watch(t, func(step, path string) error {
		if step == disktest.Made && strings.Contains(filepath.Base(path), "taizhang-") {
			return &os.PathError{Op: "open", Path: path, Err: syscall.EROFS}
		}
		return nil
	})
	wants(t, doctor.Disk(path), "磁盘", doctor.Mend, "写不进去", "--db")
	wants(t, doctor.Sticks([]string{filepath.Dir(path)}), "U盘", doctor.Mend, "写保护")
}

func TestClock(t *testing.T) {
	t.Parallel()
	china := time.FixedZone("CST", 8*60*60)
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, china)
	wants(t, doctor.Clock(at, "2026-11-01"), "时钟", doctor.Fine, "2026年11月28日 09:00")
	wants(t, doctor.Clock(at, ""), "时钟", doctor.Fine)
	wants(t, doctor.Clock(at, "2026-12-01"), "时钟", doctor.Mend, "比这个程序做好的日子")
	wants(t, doctor.Clock(at.UTC(), ""), "时钟", doctor.Mind, "UTC+00:00", "北京")
}

func TestLocale(t *testing.T) {
	t.Parallel()
	env := func(all map[string]string) func(string) string { return func(k string) string { return all[k] } }
	wants(t, doctor.Locale("linux", env(map[string]string{"LANG": "zh_CN.UTF-8"})), "语言环境", doctor.Fine, "LANG=zh_CN.UTF-8")
	wants(t, doctor.Locale("linux", env(map[string]string{"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})), "语言环境", doctor.Mend, "LC_ALL=C", "export LANG")
	wants(t, doctor.Locale("linux", env(map[string]string{"LANG": "zh_CN.GB18030"})), "语言环境", doctor.Mend, "GB18030")
	wants(t, doctor.Locale("linux", env(nil)), "语言环境", doctor.Mind, "没有设")
	if all := doctor.Locale("windows", env(nil)); len(all) != 0 {
		t.Errorf("Windows has code pages: %+v", all)
	}
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	good := doctor.Terminal{Width: 120, Height: 40, Colors: true, Answers: true}
	if all := good.Findings(); doctor.Worst(all) != doctor.Fine {
		t.Errorf("a good window: %+v", all)
	}
	small := good
	small.Width = 79
	wants(t, small.Findings(), "终端", doctor.Mend, "79 列", "最大化")
	usual := good
	usual.Width, usual.Height = 80, 24
	wants(t, usual.Findings(), "终端", doctor.Mind, "80 列 24 行")
	old := good
	old.CodePage, old.Wide = 936, []string{"─", "…"}
	wants(t, old.Findings(), "代码页", doctor.Fine, "936")
	wants(t, old.Findings(), "字宽", doctor.Mind, "─ …", "+-|")
	mute := good
	mute.Answers = false
	wants(t, mute.Findings(), "字宽", doctor.Mind, "不回答")
	wants(t, []doctor.Finding{doctor.Straight(false)}, "字宽", doctor.Mend, "--ascii")
}

func TestLedger(t *testing.T) {
	t.Parallel()
	path := newLedger(t)
	look := func(path string) []doctor.Finding {
		t.Helper()
		all, err := doctor.Ledger(t.Context(), path, "", nil)
		must(t, err)
		return all
	}
	wants(t, look(filepath.Join(t.TempDir(), "ledger.db")), "台账", doctor.Fine, "还没有")
	before, err := os.ReadFile(path)
	must(t, err)
	all := look(path)
	wants(t, all, "台账", doctor.Fine, "石桥村党支部", "完好")
	wants(t, all, "备份", doctor.Mend, "别处还没有备份过")
	after, err := os.ReadFile(path)
	must(t, err)
	if string(after) != string(before) {
		t.Error("looking changed the ledger")
	}
	must(t, os.WriteFile(path, append(before[:4096:4096], make([]byte, len(before)-4096)...), 0o600))
	wants(t, look(path), "台账", doctor.Mend)
}

func TestLedgerAndClock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.db")
	ahead := &model.Source{Now: func() time.Time { return time.Now().AddDate(3, 0, 0) }, Rand: zeros{}}
	l, err := book.Create(t.Context(), path, store.Home{Code: "990101101201", Name: "石桥村党支部", Kind: "党支部", Domain: "行政村"}, store.Options{Source: ahead})
	must(t, err)
	must(t, l.Close())
	all, err := doctor.Ledger(t.Context(), path, "", nil)
	must(t, err)
	wants(t, all, "时钟", doctor.Mend, "还早")
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestSealedLedger: an encrypted ledger is not opened, and nobody is asked.
func TestSealedLedger(t *testing.T) {
	keybox.SetWorkFactor(6)
	path := newLedger(t)
	l, err := book.Open(t.Context(), path, store.Options{})
	must(t, err)
	s, err := vault.Encrypt(t.Context(), l, "青石沟的春天")
	must(t, err)
	all, err := doctor.Ledger(t.Context(), path, "", nil)
	must(t, err)
	wants(t, all, "台账", doctor.Fine, "已加密", "正在用")
	must(t, s.Close(context.Background()))
	all, err = doctor.Ledger(t.Context(), path, "", nil)
	must(t, err)
	wants(t, all, "台账", doctor.Fine, "已加密")
}
