package doctor

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/copies"
	"taizhang/store/send"
	"taizhang/store/vault"
)

// Ledger looks at the ledger at path and its backups, without changing either: whether the
// file is sound and whose it is, whether somebody has it open, whether the clock fits its
// records, when a backup was made last. An encrypted ledger is not opened: nobody is asked
// for a passphrase. note is where this machine remembers how far ledgers have come, "" for
// nowhere; drives are the sticks that are plugged in.
func Ledger(ctx context.Context, path, note string, drives []string) ([]Finding, error) {
	const topic = "台账"
	kept, err := vault.Kept(path)
	if err != nil {
		return []Finding{notOpened(path, err)}, nil //nolint:nilerr // It is what was found.
	}
	if kept {
		if vault.InUse(path) {
			return []Finding{fine(topic, "“%s”已加密,正在用", path)}, nil
		}
		return []Finding{fine(topic, "“%s”已加密;里面和备份怎样,打开以后看“备份”和“检查”", path)}, nil
	}
	l, err := book.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		if ctx.Err() != nil {
			return nil, err
		}
		return []Finding{notOpened(path, err)}, nil
	}
	all, err := opened(ctx, l, note, drives)
	return all, errors.Join(err, l.Close())
}

// notOpened says why a ledger can't be looked at; none at all is nothing bad.
func notOpened(path string, err error) Finding {
	const topic = "台账"
	var known *model.Error
	if errors.As(err, &known) && known.Code == "E-NOFILE" {
		return fine(topic, "“%s”还没有:打开程序,新建台账或从备份恢复", path)
	}
	text, _ := store.Say(err)
	return mend(topic, "打开程序,按画面上写的办(从备份恢复、修复数据),或运行 taizhang check", "打不开:%s", text)
}

func opened(ctx context.Context, l *store.Ledger, note string, drives []string) ([]Finding, error) {
	const topic = "台账"
	if err := l.Remember(ctx, note); err != nil {
		return nil, err
	}
	var all []Finding
	for _, text := range l.Notices() {
		all = append(all, mind(topic, "", "%s", text))
	}
	sound, err := l.LookThrough(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case sound.Damage != nil:
		all = append(all, mend(topic, "先别再往里记:有好的备份就“从备份恢复”(taizhang restore),没有就“修复数据”(taizhang check --repair)", "有损坏:%s", sound.Damage.Text()))
	case sound.Count > 0:
		all = append(all, mend(topic, "请打开这些记录重新填写,改不了的从最近的备份恢复", "有 %d 处要先改好才能导出:%s", sound.Count, strings.Join(sound.Mend[:min(3, len(sound.Mend))], ";")))
	default:
		all = append(all, fine(topic, "%s,文件完好,%s", whose(l), fileText(l.Path())))
	}
	clock, err := send.ClockNotice(ctx, l)
	if err != nil {
		return nil, err
	}
	if clock != "" {
		found, _, _ := strings.Cut(clock, ":") // what to do is said as advice
		all = append(all, mend("时钟", send.SetClock, "%s", found))
	}
	backups, err := backups(ctx, l, drives)
	return append(all, backups...), err
}

func whose(l *store.Ledger) string {
	if h := l.Home(); h != nil {
		return fmt.Sprintf("“%s”(%s)", l.Path(), h.Text("name"))
	}
	return fmt.Sprintf("“%s”", l.Path())
}

func fileText(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "大小不明"
	}
	return copies.SizeText(info.Size())
}

// backups looks at the copies: one at another place within a month, and those beside.
func backups(ctx context.Context, l *store.Ledger, drives []string) ([]Finding, error) {
	const (
		topic  = "备份"
		advice = "请插上U盘,在工作台“备份”那一行上按回车(taizhang backup --out U盘)"
	)
	s, err := copies.StatusOf(ctx, l, drives)
	if err != nil {
		return nil, err
	}
	var all []Finding
	// As the work table asks for one: the county's parameter.
	days := l.Env(ctx).Packs.Limit("backup.elsewhere.days", l.Source().Today()).Value
	text, late := s.Line(int(days))
	if late {
		all = append(all, mend(topic, advice, "%s:电脑坏了、丢了就都没有了", text))
	} else {
		all = append(all, fine(topic, "%s", text))
	}
	for _, n := range s.Notes() {
		all = append(all, mind(topic, "请看“备份”画面", "%s", n))
	}
	if m := s.Newest(); m != nil {
		all = append(all, fine(topic, "台账旁边有 %d 份,最新的 %s", len(s.Beside), model.DateOf(m.At.Local()).Chinese())) //nolint:gosmopolitan // As the clock on the wall.
	}
	return all, nil
}
