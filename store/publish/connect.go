package publish

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"taizhang/model"
)

// ParseURL reads where to publish to: postgres://USER@HOST:PORT/DATABASE, or with the
// folder of a Unix socket as ?host=. A password comes from PGPASSWORD, from the file that
// PGPASSFILE names or from ~/.pgpass, and is refused in the address: that stands in lists of
// processes and in histories. Over a network the server's certificate is verified.
// *model.Error: E-PG-URL for what is no address, E-PG-PASSWORD for one with a password,
// E-PG-TLS where the connection would not be verified.
func ParseURL(text string) (*pgx.ConnConfig, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return nil, model.Errorf("E-PG-URL", "--to 要写数据库的地址,例如 postgres://用户@主机:5432/数据库")
	}
	q := u.Query()
	if _, has := u.User.Password(); has || q.Has("password") || q.Has("sslpassword") {
		return nil, model.Errorf("E-PG-PASSWORD", "口令不要写在地址里,别人看得见;请放进环境变量 PGPASSWORD,或写进 ~/.pgpass 文件")
	}
	if !q.Has("sslmode") && os.Getenv("PGSSLMODE") == "" {
		q.Set("sslmode", "verify-full")
		if isLocal(cmp.Or(u.Hostname(), q.Get("host"), os.Getenv("PGHOST"))) {
			q.Set("sslmode", "disable")
		}
		u.RawQuery = q.Encode()
	}
	c, err := pgx.ParseConfig(u.String())
	if err != nil {
		return nil, model.Errorf("E-PG-URL", "数据库的地址读不懂,请写成 postgres://用户@主机:5432/数据库")
	}
	safe := verified(c.Host, c.TLSConfig)
	for _, f := range c.Fallbacks {
		safe = safe && verified(f.Host, f.TLSConfig)
	}
	if !safe {
		return nil, model.Errorf("E-PG-TLS", "到 %s 的连接不核对服务器的证书,别人可以冒充,没有连;请去掉 sslmode,或写成 sslmode=verify-full,单位自己的证书加上 sslrootcert=证书文件", model.Clean(c.Host, false))
	}
	if c.RuntimeParams["application_name"] == "" {
		c.RuntimeParams["application_name"] = "taizhang-publish"
	}
	return c, nil
}

// isLocal tells whether a host is this machine: no network lies between.
func isLocal(host string) bool {
	ip := net.ParseIP(host)
	return host == "" || host == "localhost" || strings.HasPrefix(host, "/") || ip != nil && ip.IsLoopback()
}

// verified tells whether a connection to a host is to that host and no other.
func verified(host string, c *tls.Config) bool {
	return isLocal(host) || c != nil && (!c.InsecureSkipVerify || c.VerifyPeerCertificate != nil)
}

// Connect connects. *model.Error: E-PG-CONNECT where nobody answers, E-PG-LOGIN for a user
// or password that is refused, E-PG-DATABASE for a database that there is not, E-PG-TLS for
// a certificate that is not the server's.
func Connect(ctx context.Context, c *pgx.ConnConfig) (*pgx.Conn, error) {
	conn, err := pgx.ConnectConfig(ctx, c)
	if err == nil {
		return conn, nil
	}
	var said *pgconn.PgError
	var cert *tls.CertificateVerificationError
	where := model.Clean(c.Host, false)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &said) && strings.HasPrefix(said.Code, "28"):
		return nil, model.Errorf("E-PG-LOGIN", "数据库不让用户“%s”进(%s);请核对用户名,口令放进环境变量 PGPASSWORD 或 ~/.pgpass", model.Clean(c.User, false), said.Code)
	case errors.As(err, &said) && said.Code == "3D000":
		return nil, model.Errorf("E-PG-DATABASE", "没有叫“%s”的数据库;请先建一个:createdb %s", model.Clean(c.Database, false), model.Clean(c.Database, false))
	case errors.As(err, &cert):
		return nil, model.Errorf("E-PG-TLS", "%s 的证书核对不过,没有连:证书不是这台服务器的、过期了,或签证书的机构这里不认;单位自己的证书加上 sslrootcert=证书文件", where)
	}
	return nil, model.Errorf("E-PG-CONNECT", "连不上 %s 上的数据库,请核对地址、端口和网络,看数据库开着没有", where)
}

// Explain says in words what a server refuses while it is written to. *model.Error:
// E-PG-RIGHTS for a user without the rights, E-PG-FULL for a full disk, E-PG-GONE for a
// connection that broke; any other error stays as it is. What was committed stays; another
// run goes on from there.
func Explain(err error) error {
	var known *model.Error
	var said *pgconn.PgError
	switch {
	case err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled):
		return err
	case !errors.As(err, &said):
		if pgconn.SafeToRetry(err) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed) {
			return gone()
		}
		var broken net.Error
		if errors.As(err, &broken) {
			return gone()
		}
		return err
	case said.Code == "42501" || said.Code == "25006": // insufficient_privilege, read_only_sql_transaction
		return model.Errorf("E-PG-RIGHTS", "这个数据库用户不能建表、写表(%s);请数据库管理员给它这个数据库的建表权限:GRANT CREATE ON DATABASE 数据库 TO 用户", said.Code)
	case said.Code == "53100": // disk_full
		return model.Errorf("E-PG-FULL", "数据库所在的磁盘满了,没有写完;腾出空间再运行一次,会接着做")
	case strings.HasPrefix(said.Code, "57P") || strings.HasPrefix(said.Code, "08"): // shutdown, connection exceptions
		return gone()
	}
	return err
}

func gone() error {
	return model.Errorf("E-PG-GONE", "与数据库的连接断了,没有写完;再运行一次,会接着做")
}
