// Command taizhang-publish puts the sums of a county's, a city's or a province's ledger into
// a PostgreSQL database that is there already. It is a program of its own, so that the
// village's stays small.
package main

import (
	"bytes"
	"context"
	_ "embed" // the licences of what is linked in
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"taizhang/model"
	"taizhang/store"
	"taizhang/store/book"
	"taizhang/store/publish"
	"taizhang/store/vault"
)

// licenses are the components that are linked in, with their licences.
//
//go:embed licenses.txt
var licenses string

// The exit statuses, as taizhang has them.
const (
	exitDone  = 0
	exitData  = 1 // something is wrong with the data, the file or the database
	exitUsage = 2 // wrong use
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// usageError is wrong use of the command line.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

// run runs a command line and gives the exit status. What goes wrong is one Chinese line on
// stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := command(stdout, stderr)
	c.SetArgs(args)
	c.SetOut(stdout)
	c.SetErr(stderr)
	err := c.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	text, status := err.Error(), exitData
	var usage *usageError
	if errors.As(err, &usage) {
		status = exitUsage
	} else if said, fault := store.Say(err); !fault {
		text = said
	} else {
		text = "出了故障,没有发布完;再运行一次会接着做。详情:" + text
	}
	//nolint:errcheck // There is nobody left to tell.
	fmt.Fprintln(stderr, strings.Join(strings.Fields(model.Clean(text, false)), " "))
	return status
}

func command(stdout, stderr io.Writer) *cobra.Command {
	var db, to, month string
	var components, which bool
	c := &cobra.Command{
		Use:   "taizhang-publish --db 台账 --to postgres://用户@主机/数据库",
		Short: "把县、地市、省的汇总数字发布到 PostgreSQL",
		Long: "把县、地市、省的台账里的汇总数字(单位、各项数、报送情况)写进已有的 PostgreSQL(15 或更新),表由本程序建立和更新。\n" +
			"只有数字,没有一个人:党员的记录留在县里的台账,不发布。\n" +
			"再运行一次,没有变的不动;断在半路,再运行一次接着做。\n" +
			"口令放进环境变量 PGPASSWORD,或写进 ~/.pgpass,不要写在地址里;不在本机的数据库要核对证书。\n" +
			"例如:taizhang-publish --db county.db --to postgres://taizhang@db.example/taizhang --month 2026-06",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return &usageError{"不认得“" + args[0] + "”;台账写在 --db 后面,数据库写在 --to 后面"}
			}
			return nil
		},
		SilenceErrors: true, SilenceUsage: true, DisableFlagsInUseLine: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if which {
				return sayVersion(stdout)
			}
			if components {
				_, err := io.Copy(stdout, bytes.NewReader([]byte(licenses)))
				return err
			}
			if db == "" || to == "" {
				return &usageError{"请写明台账和数据库,例如 taizhang-publish --db county.db --to postgres://用户@主机/数据库"}
			}
			o := publish.Options{Progress: progress(stderr)}
			if month != "" {
				m, err := model.ParseMonth(month)
				if err != nil || m == "" {
					return &usageError{"--month 应是月份,例如 2026-06"}
				}
				o.Month = m
			}
			return publishLedger(cmd.Context(), db, to, o, stdout)
		},
	}
	c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
		text := "命令写得不对,有不认得的选项或少了值;看 taizhang-publish --help"
		if _, name, ok := strings.Cut(err.Error(), "--"); ok {
			text = "命令写得不对,请看 --" + name + " 这一处;写法看 taizhang-publish --help"
		}
		return &usageError{text}
	})
	c.SetUsageTemplate("用法:\n  {{.UseLine}}\n\n选项:\n{{.LocalFlags.FlagUsages}}")
	c.CompletionOptions.DisableDefaultCmd = true
	f := c.Flags()
	f.StringVar(&db, "db", "", "县、地市或省的`台账`文件")
	f.StringVar(&to, "to", "", "数据库的`地址`:postgres://用户@主机:端口/数据库;本机的写 postgres:///数据库")
	f.StringVar(&month, "month", "", "只发布这个`月份`,例如 2026-06;不写发布全部封了账、收到了的月份,和县里还没有封账的那个月")
	f.BoolP("help", "h", false, "这一页说明")
	f.BoolVar(&which, "version", false, "版本")
	f.BoolVar(&components, "licenses", false, "列出程序里用到的组件和许可证")
	return c
}

// publishLedger opens both sides. The ledger is only read.
func publishLedger(ctx context.Context, db, to string, o publish.Options, stdout io.Writer) (err error) {
	config, err := publish.ParseURL(to)
	if err != nil {
		return err
	}
	if kept, err := vault.Kept(db); err != nil {
		return err
	} else if kept && !vault.InUse(db) {
		return model.Errorf("E-SEALED-LEDGER", "台账是加密的,现在关着;请先用 taizhang 打开它(打上口令),开着的时候再发布")
	}
	l, err := book.Open(ctx, db, store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(publish.Explain(l.Explained(err)), l.Close()) }()
	if d := l.Damage(); d != nil {
		return model.Errorf("E-DAMAGED", "台账有损坏(%s),没有发布;请先从备份恢复", d.Text())
	}
	conn, err := publish.Connect(ctx, config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	made, err := publish.Migrate(ctx, conn)
	if err != nil {
		return err
	}
	r, err := publish.Publish(ctx, l, conn, o)
	if err != nil {
		return err
	}
	text := fmt.Sprintf("发布好了:%d 个月,写了 %d 个单位和范围、%d 个数字", r.Months, r.Changed, r.Numbers)
	if r.Changed == 0 {
		text = fmt.Sprintf("%d 个月的数字都与数据库里的一样,没有要写的", r.Months)
	}
	if made {
		text = "数据库里的表已建好、更新好。" + text
	}
	_, err = fmt.Fprintln(stdout, text)
	return err
}

// progress says on stderr what became of each sender's month.
func progress(stderr io.Writer) func(publish.Step) {
	return func(s publish.Step) {
		text := fmt.Sprintf("%s(%d/%d)%s:%d 个单位,", s.Month.Chinese(), s.Done, s.All, model.Clean(s.Sender, false), s.Units)
		switch {
		case s.Old:
			text = fmt.Sprintf("%s(%d/%d)%s:是以前的程序封的账,没有留下可以发布的底数,跳过", s.Month.Chinese(), s.Done, s.All, model.Clean(s.Sender, false))
		case s.Units == 0:
			text = fmt.Sprintf("%s(%d/%d)%s:各县之间的数,写了 %d 项", s.Month.Chinese(), s.Done, s.All, model.Clean(s.Sender, false), s.Changed)
		case s.Changed == 0:
			text += "没有变"
		default:
			text += fmt.Sprintf("写了 %d 个单位和范围、%d 个数字", s.Changed, s.Numbers)
		}
		if !s.Closed && !s.Old && s.Units > 0 {
			text += "(还没有封账)"
		}
		//nolint:errcheck // Progress is only a help.
		fmt.Fprintln(stderr, text)
	}
}
