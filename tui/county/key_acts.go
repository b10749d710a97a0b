package county

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"taizhang/model"
	"taizhang/store/bundle"
	"taizhang/store/county"
	"taizhang/store/kit"
	"taizhang/store/paper/page"
	"taizhang/tui/ui"
)

// atKey is where the key's file is, or is to be.
func atKey(app *ui.App, r keysRead) string {
	if r.path != "" {
		return r.path
	}
	return filepath.Join(filepath.Dir(app.Ledger.Path()), county.KeyFile)
}

// placeRow asks for a folder, proposing the first stick.
func placeRow(app *ui.App, label string) *ui.ShortRow {
	at := ""
	if drives := app.Drives(); len(drives) > 0 {
		at = drives[0]
	}
	r := ui.TextRow(app, rowPlace, label, at, "U盘或文件夹,按 F3 从列表里选")
	r.Browse, r.Needed = &ui.PathAsk{Title: label, Help: "放到哪里,按 ↓ 从列表里选:", Folder: true}, true
	return r
}

// place gives the folder, "" where there is none such: then the row says so.
func (f *keyForm) place() string {
	r := f.rows.Row(rowPlace)
	dir := ui.TypedPath(r.Value())
	if info, err := os.Stat(dir); dir == "" || err != nil || !info.IsDir() {
		r.Fault = "没有这个文件夹,请插好U盘,或按 F3 选"
		f.rows.Focus(rowPlace)
		return ""
	}
	return dir
}

// newKeyBackup writes ledger, key and profile into one encrypted file.
func newKeyBackup(app *ui.App, r keysRead) ui.Screen {
	rows := []*ui.ShortRow{placeRow(app, "放到哪里")}
	intro := []string{"台账、密钥和配置文件抄成一个加密的文件。电脑坏了,在新电脑上“从备份恢复”,打上口令,三样一起回来。"}
	switch {
	case r.path == "":
		intro = append(intro, "没有找到密钥,这次只备份台账和配置文件。")
		rows = append(rows, newSecretRows(app, "备份的口令")...)
	case r.locked:
		rows = append(rows, secretRow(app, rowSecret, "密钥的口令", "备份用同一个口令,恢复时打它"))
	default:
		rows = append(rows, newSecretRows(app, "备份的口令")...)
	}
	f := newKeyForm(app, "备份", "备份", intro, rows...)
	f.act = func() tea.Cmd {
		dir := f.place()
		if dir == "" {
			return nil
		}
		secret, keySecret := "", ""
		if f.has(rowSecret) {
			keySecret = f.rows.Value(rowSecret)
			secret = keySecret
		} else if secret = f.newSecret(); secret == "" {
			return nil
		}
		return f.work("正在备份,请不要拔U盘…", func() (string, error) {
			ctx, l := app.Ctx, app.Ledger
			path := filepath.Join(dir, kit.Name(l))
			o := kit.Options{Passphrase: secret}
			if r.path != "" {
				var err error
				if o.Key, err = kit.KeyFor(ctx, l, r.path, keySecret); err != nil {
					return "", err
				}
			}
			if err := kit.Backup(ctx, l, path, o); err != nil {
				return "", err
			}
			if o.Key != nil && filepath.Clean(dir) != filepath.Dir(l.Path()) { // beside the ledger it dies with it
				if err := county.NoteKeyBackup(ctx, l, county.KeyInFile); err != nil {
					return "", err
				}
			}
			return "已备份:" + path, nil
		})
	}
	return f
}

// newKeyPaper writes the key as lines of digits, to be printed.
func newKeyPaper(app *ui.App, r keysRead) ui.Screen {
	var rows []*ui.ShortRow
	if r.locked {
		rows = append(rows, secretRow(app, rowSecret, "密钥的口令", ""))
	}
	rows = append(rows, placeRow(app, "写到哪里"))
	f := newKeyForm(app, "打印密钥(纸)", "写出来", []string{
		"把密钥写成十一行数字的一张表(.xlsx),打印出来锁进保险柜。不要拍照、不要复印:谁拿到它,谁就打得开" + app.Words().Whole() + "的报送包。",
		"打印以后,请把写出的文件删掉。",
	}, rows...)
	f.act = func() tea.Cmd {
		dir := f.place()
		if dir == "" {
			return nil
		}
		secret := ""
		if r.locked {
			secret = f.rows.Value(rowSecret)
		}
		return f.work("正在写…", func() (string, error) {
			ctx, l := app.Ctx, app.Ledger
			key, err := openTyped(app, r, secret)
			if err != nil {
				return "", err
			}
			lines, err := kit.Lines(key)
			if err != nil {
				return "", err
			}
			path := filepath.Join(dir, KeysName(app)+"_"+string(l.Source().Today())+".xlsx")
			if err := page.Write(ctx, path, "", kit.Sheet(l.Home().Text("name"), l.Source().Today(), bundle.CheckDigits(key.PublicKey()), lines)); err != nil {
				return "", err
			}
			return "已写出 " + path + ";打印好请删掉它", county.NoteKeyBackup(ctx, l, county.KeyOnPaper)
		})
	}
	return f
}

// openTyped opens the key with a passphrase that was typed, which may be empty.
func openTyped(app *ui.App, r keysRead, secret string) (*bundle.CountyKey, error) {
	key, err := openKey(app.Ctx, app.Ledger, atKey(app, r), secret, nil)
	if err == errLocked { //nolint:errorlint // It is never wrapped.
		return nil, model.Errorf("E-PASSPHRASE", "密钥加了口令,请打上")
	}
	return key, err
}

// newKeyType takes the key in from its paper, line by line.
func newKeyType(app *ui.App, r keysRead) ui.Screen {
	line := ui.TextRow(app, rowLine, "第 1 行", "", "十九位数字,空格可打可不打,打完按回车")
	line.Input.Fold = model.HalfWidth
	f := newKeyForm(app, "输入纸上的密钥", "下一行", []string{
		"照着保险柜里那张纸,一行行打进来;打错了当场会说。全部打完,给密钥定一个口令,重新写出 county.key。",
		"原来的密钥文件不删,改个名字留在旁边。",
	}, line)
	var typed []string
	f.act = func() tea.Cmd {
		if len(typed) < kit.PaperLines {
			if _, err := kit.ReadLine(len(typed)+1, line.Value()); err != nil {
				line.Fault = err.Error()
				f.rows.Focus(rowLine)
				return nil
			}
			typed = append(typed, line.Value())
			line.Input.Clear()
			line.Fault, line.Label = "", "第 "+strconv.Itoa(len(typed)+1)+" 行"
			f.rows.Focus(rowLine)
			if len(typed) == kit.PaperLines {
				button := f.rows.Row(rowGo)
				button.Label = "写出密钥"
				f.rows.Rows, f.rows.Cur = append(newSecretRows(app, "密钥的口令"), button), 0
				f.intro = []string{fmt.Sprintf("%d 行都对。给密钥定一个口令,每次收报要打。", kit.PaperLines)}
			}
			return nil
		}
		secret := f.newSecret()
		if secret == "" {
			return nil
		}
		return f.work("正在写出密钥…", func() (string, error) {
			key, err := kit.Typed(typed)
			if err != nil {
				return "", err
			}
			if _, err = county.TakeKey(app.Ctx, app.Ledger, key, county.RekeyOptions{KeyPath: atKey(app, r), Passphrase: secret}); err != nil {
				return "", err
			}
			app.Key.Open = nil
			return "密钥对上了,已写出 " + atKey(app, r), nil
		})
	}
	return f
}

// What the row about the old key says.
const (
	oldThere = "还在"
	oldLost  = "丢了"
)

// newKeyChange gives the county another key.
func newKeyChange(app *ui.App, r keysRead) ui.Screen {
	old := ui.ChoiceRow(rowOld, "旧密钥", []string{oldThere, oldLost}, oldThere)
	if r.path == "" {
		old.At = 1
	}
	rows := []*ui.ShortRow{old}
	if r.locked {
		rows = append(rows, secretRow(app, rowSecret, "旧密钥的口令", "旧密钥丢了、口令忘了的,空着"))
	}
	rows = append(rows, newSecretRows(app, "新密钥的口令")...)
	w := app.Words()
	f := newKeyForm(app, "换密钥", "换密钥", []string{
		"旧密钥还在:新的 county.json 由旧密钥作证,发给" + w.Each() + ",取入时不用核对;还没取入的" + w.Below + ",报送包照收,回执照认。",
		"旧密钥丢了:以前导出、还没收的报送包打不开了,要" + w.There + "重新导出;每个" + w.Below + "取入新的 county.json 时,都要打电话核对八位校验数字。有备份的先恢复,有纸的先打进来,都不用换。",
	}, rows...)
	f.act = func() tea.Cmd {
		secret := f.newSecret()
		if secret == "" {
			return nil
		}
		lost, oldSecret := old.Value() == oldLost, ""
		if f.has(rowSecret) {
			oldSecret = f.rows.Value(rowSecret)
		}
		return f.work("正在换密钥…", func() (string, error) { return changeKey(app, r, lost, oldSecret, secret) })
	}
	return f
}

func changeKey(app *ui.App, r keysRead, lost bool, oldSecret, secret string) (string, error) {
	ctx, l := app.Ctx, app.Ledger
	var old *bundle.CountyKey
	var err error
	if lost {
		if _, err := kit.KeyFor(ctx, l, atKey(app, r), oldSecret); err == nil {
			return "", model.Errorf("E-NOTLOST", "密钥还在(%s),上面请选“还在”,%s就不用核对", atKey(app, r), app.Words().There)
		}
	} else if old, err = openTyped(app, r, oldSecret); err != nil {
		return "", err
	}
	done, err := county.Rekey(ctx, l, old, county.RekeyOptions{KeyPath: atKey(app, r), ProfilePath: county.ProfilePath(l), Passphrase: secret})
	if err != nil {
		return "", err
	}
	app.Key.Open = nil
	return "已换密钥,新的校验数字 " + bundle.CheckDigits(done.Profile.PublicKey) + ";请把 county.json 发给" + app.Words().Each() + ",再备份一次", nil
}
