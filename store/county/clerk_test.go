package county_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"taizhang/store"
	"taizhang/store/county"
	"taizhang/store/internal/disk"
)

// TestDiffRoll compares lists of units.
func TestDiffRoll(t *testing.T) {
	a := store.Unit{Code: "990101101201", Name: "石桥村党支部", Township: "云溪镇", Phone: "10012345678"}
	b := store.Unit{Code: "990101101202", Name: "柳湾村党支部", Township: "云溪镇"}
	moved := b
	moved.Township, moved.Phone = "柳河镇", "10012345679"
	onFile := a
	onFile.OnFile = true
	cases := []struct {
		name       string
		have, next []store.Unit
		text       string
		change     string // of the first unit changed
	}{
		{"the same, one with a record", []store.Unit{onFile, b}, []store.Unit{b, a}, "与现在的名单相同,2 个单位", ""},
		{"nothing before", nil, []store.Unit{a, b}, "新的 2 个,改了的 0 个,没有了的 0 个,不变的 0 个", ""},
		{"one changed, one gone", []store.Unit{a, b}, []store.Unit{moved}, "新的 0 个,改了的 1 个,没有了的 1 个,不变的 0 个", "乡镇 云溪镇 → 柳河镇;电话 (没有) → 10012345679"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := county.DiffRoll(c.have, c.next)
			if got.Text() != c.text {
				t.Errorf("got %q", got.Text())
			}
			if c.change != "" && got.Changed[0].Text() != c.change {
				t.Errorf("got %q", got.Changed[0].Text())
			}
		})
	}
}

// TestCanWrite finds out that a stick is read-only, full or gone before receipts are
// written, and leaves nothing behind on one that is well.
func TestCanWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "回执")
	must(t, county.CanWrite(dir))
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for _, c := range []struct {
		fault error
		code  string
	}{{syscall.EROFS, "E-PERM"}, {syscall.ENOSPC, "E-FULL"}, {syscall.ENODEV, "E-GONE"}, {syscall.EIO, "E-DISK"}} {
		leave := disk.Watch(func(op disk.Op) error {
			if strings.HasPrefix(op.Path, dir) {
				return c.fault
			}
			return nil
		})
		err := county.CanWrite(dir)
		leave()
		if code(err) != c.code {
			t.Errorf("%v gives %v, want %s", c.fault, err, c.code)
		}
	}
}

// TestStoppedUnits names the units that wait for a call, until they are let in.
func TestStoppedUnits(t *testing.T) {
	o := newOffice(t)
	const unit = "990101101201"
	old := o.village(t, unit, 100)
	old.person(t, "张三")
	o.one(t, old.export(t).Path)
	stopped := func() []county.Stopped {
		t.Helper()
		all, err := county.StoppedUnits(ctx, o.l)
		must(t, err)
		return all
	}
	if all := stopped(); len(all) != 0 {
		t.Errorf("before any: %+v", all)
	}
	if held, err := county.HeldUnits(ctx, o.l); err != nil || len(held) != 1 || held[0].Code != unit {
		t.Errorf("held: %+v, %v", held, err)
	}
	stick := *o
	stick.stick = t.TempDir()
	anew := stick.village(t, unit, 50)
	sent := anew.export(t)
	o.one(t, sent.Path)
	if all := stopped(); len(all) != 1 || all[0].Unit.Code != unit || all[0].Code != "E-KEY-CHANGED" {
		t.Errorf("refused: %+v", all)
	}
	c, err := county.ChangedKey(ctx, o.l, unit)
	must(t, err)
	must(t, county.Trust(ctx, o.l, c, c.New))
	if all := stopped(); len(all) != 0 {
		t.Errorf("trusted, and only to be received again: %+v", all)
	}
	o.one(t, sent.Path)
	if all := stopped(); len(all) != 0 {
		t.Errorf("taken in: %+v", all)
	}
}

// TestSettingsInWords says what settings can be, and never what Check refuses.
func TestSettingsInWords(t *testing.T) {
	o := newOffice(t)
	all, err := county.Settings(ctx, o.l)
	must(t, err)
	chosen := 0
	for _, s := range all {
		for _, option := range s.Options() {
			chosen++
			if s.Fixed {
				continue
			}
			if _, err := s.Check(option.Value); err != nil {
				t.Errorf("%s offers %q: %v", s.Name, option.Value, err)
			}
			if s.Shown(option.Value) != option.Word {
				t.Errorf("%s shows %q as %q", s.Name, option.Value, s.Shown(option.Value))
			}
		}
		if strings.ContainsAny(s.Plain(), "  ") && s.Options() != nil {
			t.Errorf("%s still holds its values: %q", s.Name, s.Plain())
		}
	}
	if chosen < 8 {
		t.Errorf("only %d values are offered", chosen)
	}
	for name, want := range map[string]string{"deadline_day": "请写 1 到 28 的整数", "assess.veto.birth": "请写 0,或 1949 到 2100 的整数", "appraisal.excellent": "写成几分之几,例如 1/3"} {
		s := o.setting(t, name)
		if s.Can() != want {
			t.Errorf("%s: %q", name, s.Can())
		}
	}
	if got := o.setting(t, "goal.A03.named"); got.Shown("85") != "85%" {
		t.Errorf("a goal reads %q", got.Shown("85"))
	}
}
