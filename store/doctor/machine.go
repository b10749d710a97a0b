package doctor

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/copies"
	"taizhang/store/internal/disk"
	"taizhang/store/send"
)

// Limits of a disk on which a ledger can live. A village's ledger with its backups of a
// year takes about 200 MB.
const (
	roomNeeded = 200 << 20
	roomWished = 1 << 30
	slowSync   = 200 * time.Millisecond // a save takes about two of these
	syncs      = 5                      // of which the median is taken
)

// Disk looks at the disk on which the ledger at path lies: whether it can be written, how
// long it takes until something is really on it, how much room is left, and whether it is
// one that can be taken along. It writes a small file and takes it away again.
func Disk(path string) []Finding {
	const topic = "磁盘"
	dir := filepath.Dir(path)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return []Finding{fine(topic, "文件夹“%s”还没有,新建台账时会建", dir)}
	}
	var all []Finding
	if took, err := syncTime(dir); err != nil {
		text, _ := store.Say(err)
		all = append(all, mend(topic, "请换一个能写的文件夹(--db 文件),或请管电脑的人给您写的权限", "台账的文件夹“%s”写不进去:%s", dir, text))
	} else if took > slowSync {
		all = append(all, mind(topic, "磁盘很慢或快坏了:请常备份到别处,有条件时换成固态硬盘", "写一次盘要 %d 毫秒", took.Milliseconds()))
	} else {
		all = append(all, fine(topic, "能写,写一次盘 %.1f 毫秒", float64(took.Microseconds())/1000))
	}
	if free, ok := disk.Free(dir); ok {
		text := fmt.Sprintf("还能写 %s", copies.SizeText(free))
		switch {
		case free < roomNeeded:
			all = append(all, mend(topic, "请清空回收站,删掉不要的大文件(录像、安装包)", "%s,备份会做不成", text))
		case free < roomWished:
			all = append(all, mind(topic, "请删掉不要的大文件", "%s,自己做的备份会少留几份", text))
		default:
			all = append(all, fine(topic, "%s", text))
		}
	}
	if disk.Portable(dir) {
		all = append(all, mind(topic, "台账最好放在电脑自己的硬盘上,U盘只放备份和报送包", "台账放在U盘、移动硬盘或网络文件夹里:拔出、断网时正在写的会写不进去"))
	}
	return all
}

// syncTime gives the median of how long it takes to put a small file on the disk.
func syncTime(dir string) (time.Duration, error) {
	path := filepath.Join(dir, fmt.Sprintf("taizhang-%d.test", os.Getpid()))
	var took []time.Duration
	for range syncs {
		start := time.Now()
		if err := disk.WholeBytes(path, []byte("taizhang\n")); err != nil {
			return 0, errors.Join(err, disk.Remove(path))
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	return took[len(took)/2], disk.Remove(path)
}

// chinaOffset is what China's clocks are ahead of UTC, in seconds.
const chinaOffset = 8 * 60 * 60

// Clock looks at the computer's date and time zone. built is the day on which the program
// was made, "" when that isn't known: no day before it can be today's. Whether the date fits
// the ledger's records is told with the ledger.
func Clock(now time.Time, built model.Date) []Finding {
	const topic = "时钟"
	day, at := model.DateOf(now), now.Format("15:04")
	_, offset := now.Zone()
	switch {
	case built != "" && day < built:
		return []Finding{mend(topic, send.SetClock, "电脑的日期是%s,比这个程序做好的日子(%s)还早,不对", day.Chinese(), built.Chinese())}
	case offset != chinaOffset:
		return []Finding{mind(topic, "请把时区改成“北京”(UTC+8)", "%s %s,时区不是北京时间(UTC%s):每天的日期会早换或晚换", day.Chinese(), at, now.Format("-07:00"))}
	}
	return []Finding{fine(topic, "%s %s,北京时间", day.Chinese(), at)}
}

// Sticks looks at the removable drives that are plugged in.
func Sticks(drives []string) []Finding {
	const topic = "U盘"
	if len(drives) == 0 {
		return []Finding{fine(topic, "没有插着的U盘;要报送、要备份时再插")}
	}
	var all []Finding
	for _, dir := range drives {
		free, ok := disk.Free(dir)
		if err := store.CheckPlace(dir); err != nil {
			text, _ := store.Say(err)
			all = append(all, mend(topic, "看看U盘侧面有没有写保护开关;没有就换一个U盘", "“%s”写不进去:%s", dir, text))
			continue
		}
		took, err := syncTime(dir)
		switch {
		case err != nil:
			text, _ := store.Say(err)
			all = append(all, mend(topic, "看看U盘侧面有没有写保护开关;没有就换一个U盘", "“%s”写不进去:%s", dir, text))
		case ok && free < 64<<20:
			all = append(all, mind(topic, "请删掉U盘上不要的文件,再导出、备份", "“%s”只能再写 %s", dir, copies.SizeText(free)))
		case ok:
			all = append(all, fine(topic, "“%s”能写,还能写 %s,写一次 %d 毫秒", dir, copies.SizeText(free), took.Milliseconds()))
		default:
			all = append(all, fine(topic, "“%s”能写", dir))
		}
	}
	return all
}

// Locale looks at the settings that say in which characters programs write. Windows has
// code pages instead. get gives an environment variable.
func Locale(goos string, get func(string) string) []Finding {
	const topic = "语言环境"
	if goos == "windows" || goos == "darwin" {
		return nil
	}
	name, value := "", ""
	for _, name = range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value = get(name); value != "" {
			break
		}
	}
	plain := strings.ToLower(strings.ReplaceAll(value, "-", ""))
	const advice = "请在终端里运行:export LANG=zh_CN.UTF-8(写进 ~/.profile 以后每次都有);没有这个语言环境的,用 C.UTF-8"
	switch {
	case value == "":
		return []Finding{mind(topic, advice, "LANG 没有设,有的终端会把汉字显示成问号")}
	case !strings.Contains(plain, "utf8"):
		return []Finding{mend(topic, advice, "%s=%s 不是 UTF-8,汉字会显示成乱码", name, value)}
	}
	return []Finding{fine(topic, "%s=%s", name, value)}
}
